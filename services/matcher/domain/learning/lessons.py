"""What each thing that is said teaches: the one table."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.matcher.domain.partner_features import FeatureName
from shared.contracts.decisions import Reason, RecordKind, Verdict


@dataclass(frozen=True)
class Lesson:
    """A label, how much it counts, and which features it speaks of."""

    label: float
    weight: float
    features: frozenset[str] | None = None
    """None for all of them; the others' part in the sum is taken as right."""


MEMBER = 0.5
"""Members know their own side only, and a coordinator's approval is what is predicted."""

_READINESS = frozenset({FeatureName.READINESS_GAP, FeatureName.RECENCY})
_LEVEL = frozenset[str]()
"""No feature of the sum says how clear a need is: only the calibration learns from it."""
_STANDING = frozenset(
    {
        FeatureName.HUB,
        FeatureName.PAST_COLLABORATION,
        FeatureName.COMMON_PARTNERS,
        FeatureName.ACTIVITY,
        FeatureName.POPULARITY,
    }
)

REASONS: Mapping[Reason, Lesson | None] = {
    Reason.OUT_OF_SCOPE: Lesson(0.0, 1.0),
    Reason.OTHER: Lesson(0.0, 0.5),
    Reason.TOO_EARLY: Lesson(0.0, 1.0, _READINESS),
    Reason.NEED_UNCLEAR: Lesson(0.0, 1.0, _LEVEL),
    Reason.CAPABILITY_OVERSTATED: Lesson(0.0, 1.0, _STANDING),
    # True of partners that fit as well: nothing is learned about the match.
    Reason.CAPACITY: None,
    Reason.CONFLICT_OF_INTEREST: None,
    Reason.ALREADY_PARTNERS: None,
    Reason.POLICY: None,
}

_PLAIN: Mapping[Verdict, Lesson | None] = {
    Verdict.APPROVED: Lesson(1.0, 1.0),
    Verdict.INTERESTED: Lesson(1.0, MEMBER),
    Verdict.INTRODUCED: Lesson(1.0, 1.0),
    Verdict.COLLABORATING: Lesson(1.0, 1.0),
    # Whether the match was wrong, or a good one has run its course, is not known.
    Verdict.ENDED: None,
    Verdict.TAKEN_BACK: None,
}


def lesson(kind: RecordKind, verdict: Verdict, reasons: tuple[Reason, ...]) -> Lesson | None:
    """None where nothing is learned; of several reasons, all that the teaching ones speak of."""
    if verdict in _PLAIN:
        return _PLAIN[verdict]
    found = [one for reason in reasons if (one := REASONS[reason])]
    if not found:
        return None
    everything = any(one.features is None for one in found)
    spoken = frozenset[str]().union(*(one.features or () for one in found))
    share = MEMBER if kind is RecordKind.RESPONSE else 1.0
    return Lesson(0.0, share * max(one.weight for one in found), None if everything else spoken)
