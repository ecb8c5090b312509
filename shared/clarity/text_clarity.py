"""What the words of a statement say, and what they leave open."""

from dataclasses import dataclass

from shared.clarity.content import content_words, has_number
from shared.contracts.clarity import Lack
from shared.contracts.organisation import Facets, Language
from shared.facets.reader import FacetReading, read_facets
from shared.facets.rules import Facet
from shared.facets.vocabulary import Vocabulary

HALF = 4.75
"""Words (and facets, at a word each) that make a text half clear. On the tuning half of
`tests/quality/clarity` the vaguest have 0 to 5, the clear ones 5 and more."""
ENOUGH_WORDS = 3.0
"""Fewer words of the matter, and more detail is asked for before anything else."""
_GROUPS: dict[Lack, tuple[Facet, ...]] = {
    Lack.SUBJECT: (Facet.PRODUCT, Facet.MATERIALS),
    Lack.APPLICATION: (Facet.APPLICATION,),
    Lack.APPROACH: (Facet.METHODS, Facet.EFFECT),
}


@dataclass(frozen=True)
class TextClarity:
    """`score` is 0 to 1; `lacks` are in the order in which to ask."""

    score: float
    readings: tuple[FacetReading, ...]
    lacks: tuple[Lack, ...]


def text_clarity(
    text: str, language: Language, given: Facets | None, vocabulary: Vocabulary
) -> TextClarity:
    """n^2 / (n^2 + h^2) of the words that are about the matter, and of the facets that are said.

    Facets that were read count as half of the words at most: generic words make none.
    """
    content = content_words(text)
    readings = read_facets(text, language, given, vocabulary)
    said = {reading.facet for reading in readings}
    groups = [lack for lack, facets in _GROUPS.items() if said & set(facets)]
    number = has_number(text)
    evidence = content + min(len(groups) + number, content / 2)
    if given:
        evidence += sum(content_words(value) for _, value in given if value)
    lacks = [Lack.DETAIL] if content < ENOUGH_WORDS else []
    lacks += [lack for lack in _GROUPS if lack not in groups]
    lacks += [] if number else [Lack.NUMBER]
    return TextClarity(_share(evidence), readings, tuple(lacks))


def may_be_vague(text: str) -> bool:
    """A cheap look: a text with so many words is clear, whatever else it says."""
    return content_words(text) <= HALF


def _share(evidence: float) -> float:
    return evidence * evidence / (evidence * evidence + HALF * HALF)
