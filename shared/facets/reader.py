"""Facets of a statement by cues: explainable, and the same on every machine."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from shared.contracts.organisation import Facets, Language
from shared.facets import chinese, english
from shared.facets.rules import Facet, Grammar
from shared.facets.vocabulary import NO_VOCABULARY, Vocabulary

_LONGEST = 120
"""Characters of a span: what is longer is a sentence, not a facet."""
_READ = 1000
"""Characters of a text that are read: long ones say what they are about first."""
_CLAUSE = 160
"""Characters of a clause that are read, so that no text takes long."""
GIVEN = "given"
_GRAMMARS: Mapping[Language, Grammar] = {"zh": chinese.GRAMMAR, "en": english.GRAMMAR}


@dataclass(frozen=True)
class FacetReading:
    """What a statement says of one facet, and the words that gave it away."""

    facet: Facet
    text: str
    cue: str
    """`given` where the member said it."""


def read_facets(
    text: str,
    language: Language,
    given: Facets | None = None,
    vocabulary: Vocabulary = NO_VOCABULARY,
) -> tuple[FacetReading, ...]:
    """At most one reading for each facet, in the order of `Facet`; the member's own words win.

    Words of the vocabulary count where no cue has said the facet.
    """
    grammar = _GRAMMARS[language]
    clauses = list(_clauses(text[:_READ], grammar))
    readings = []
    for facet in Facet:
        said = getattr(given, facet.value) if given else None
        if said:
            readings.append(FacetReading(facet, said, GIVEN))
        elif found := _read(facet, clauses, grammar):
            readings.append(found)
        elif word := _known(text[:_READ].lower(), language, vocabulary.get((facet, language), ())):
            readings.append(FacetReading(facet, word, word))
    return tuple(readings)


def as_contract(readings: Sequence[FacetReading]) -> Facets:
    """The readings as the contract has them."""
    return Facets(**{reading.facet.value: reading.text for reading in readings})


def _clauses(text: str, grammar: Grammar) -> Iterator[str]:
    for clause in grammar.clause.split(text):
        if stripped := " ".join(clause.split()):
            yield stripped[:_CLAUSE]


def _read(facet: Facet, clauses: Sequence[str], grammar: Grammar) -> FacetReading | None:
    """By the first rule that finds something; of its spans the first."""
    for rule in grammar.rules:
        if rule.facet is not facet:
            continue
        for clause in clauses:
            for span, cue in rule.spans(clause):
                if text := _trimmed(span, cue, grammar):
                    return FacetReading(facet, text, cue)
    return None


def _trimmed(span: str, cue: str, grammar: Grammar) -> str:
    """Without the verbs before a noun phrase; empty where it says nothing."""
    ends_in_cue = span.endswith(cue) and span != cue
    body = span[: len(span) - len(cue)] if ends_in_cue else span
    whole = body if span == cue else grammar.leading.sub("", body)
    text = (whole + (cue if ends_in_cue else "")).strip(" -的、")[:_LONGEST]
    return "" if text.lower() in grammar.empty else text


def _known(text: str, language: Language, known: Sequence[str]) -> str | None:
    """The longest word of the vocabulary in the text; English ones whole or in the plural."""
    for word in known:
        if language == "zh":
            if word in text:
                return word
        elif re.search(rf"(?<![\w-]){re.escape(word)}s?(?![\w-])", text):
            return word
    return None
