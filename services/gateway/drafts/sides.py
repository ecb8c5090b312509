"""Whether a text says what there is, what is missing, or neither: by cues, explainably. Pure."""

import re
from dataclasses import dataclass
from enum import StrEnum

from services.gateway.drafts import cue_words
from services.gateway.drafts.cue_words import ADDRESS, DISGUISED, NOISE
from shared.contracts.organisation import Side


class Section(StrEnum):
    """What a heading announces."""

    NEED = "need"
    CAPABILITY = "capability"
    NOISE = "noise"
    UNSAID = "unsaid"


@dataclass(frozen=True)
class Reading:
    """`strength` is the winner's lead, 0 to 1; `side` None where no cue says anything."""

    side: Side | None
    strength: float
    cue: str | None
    noise: bool
    """Something says that it is neither, and nothing strong says that it is one."""
    own: bool = False
    """The text itself has a strong cue; its heading was not needed."""


HEADING_WEIGHT = 2.0
STRONG_NEED, STRONG_CAPABILITY = 2.5, 1.6
WEAK_NEED, WEAK_CAPABILITY = 0.7, 0.5
"""A need is rarely said by accident, while words of ability stand in needs too ("able to ...")."""


def section_of(heading: str) -> Section:
    """What the heading says of the text below it."""
    bare = DISGUISED.sub(" ", heading)
    if cue_words.HEADING_NEED.search(bare):
        return Section.NEED
    if cue_words.HEADING_NOISE.search(bare):
        return Section.NOISE
    if cue_words.HEADING_CAPABILITY.search(bare):
        return Section.CAPABILITY
    return Section.UNSAID


def read_side(text: str, section: Section, heading: str | None) -> Reading:
    """The side of one piece below a heading."""
    bare = DISGUISED.sub(" ", text)
    strong_need = cue_words.NEED_STRONG.search(bare)
    strong_capability = cue_words.CAPABILITY_STRONG.search(bare)
    need = _weight(strong_need, STRONG_NEED) + _weak(cue_words.NEED_WEAK, bare, WEAK_NEED)
    capability = _weight(strong_capability, STRONG_CAPABILITY)
    capability += _weak(cue_words.CAPABILITY_WEAK, bare, WEAK_CAPABILITY)
    need += HEADING_WEIGHT * (section is Section.NEED)
    capability += HEADING_WEIGHT * (section is Section.CAPABILITY)
    own = strong_need is not None or strong_capability is not None
    noise = section is Section.NOISE or bool(ADDRESS.search(text))
    noise = (noise or bool(NOISE.search(text))) and not own
    if need == capability == 0:
        return Reading(None, 0.0, None, noise)
    side = Side.NEED if need > capability else Side.CAPABILITY
    match = strong_need if side is Side.NEED else strong_capability
    lead = abs(need - capability) / (need + capability)
    return Reading(side, lead, _cue(match, section, heading), noise, own)


def _cue(match: re.Match[str] | None, section: Section, heading: str | None) -> str | None:
    """The text's own words, or the heading that has decided."""
    if match:
        return match[0].strip()
    return heading if section in (Section.NEED, Section.CAPABILITY) else None


def is_noise(text: str) -> bool:
    """Whether it is an address, a courtesy, history or the like."""
    return bool(NOISE.search(text) or ADDRESS.search(text))


def _weight(match: re.Match[str] | None, weight: float) -> float:
    return weight if match else 0.0


def _weak(pattern: re.Pattern[str], text: str, weight: float) -> float:
    """Weak cues add up to two of them."""
    return weight * min(sum(1 for _ in pattern.finditer(text)), 2)
