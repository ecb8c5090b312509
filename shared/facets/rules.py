"""What a reading rule is: a cue in the text and the span that it points to."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Facet(StrEnum):
    """The five, by their names in the contract."""

    MATERIALS = "materials"
    METHODS = "methods"
    EFFECT = "effect"
    PRODUCT = "product"
    APPLICATION = "application"


@dataclass(frozen=True)
class Rule:
    """`pattern` has a group `span`, or where the whole clause is the span, a group `cue` alone."""

    facet: Facet
    pattern: re.Pattern[str]

    def spans(self, clause: str) -> Iterator[tuple[str, str]]:
        """(span, cue) of each place where the rule holds."""
        for match in self.pattern.finditer(clause):
            groups = match.groupdict()
            cue = groups.get("cue") or match["span"]
            yield groups.get("span") or clause, cue


@dataclass(frozen=True)
class Grammar:
    """How one language is read."""

    rules: tuple[Rule, ...]
    """In order of trust: the first that finds something decides its facet."""
    clause: re.Pattern[str]
    """What ends a span at the latest."""
    leading: re.Pattern[str]
    """What is cut off before a noun phrase that was taken by its head."""
    empty: frozenset[str]
    """Spans that say nothing."""


def words(text: str) -> tuple[str, ...]:
    """A list of words that are separated by `|` or by line breaks."""
    return tuple(filter(None, (one.strip() for one in re.split(r"[|\n]", text))))


def alternatives(several: Iterable[str]) -> str:
    """A pattern of any of these; the longest first, so that a part never hides the whole."""
    return "|".join(sorted(map(re.escape, several), key=lambda one: (-len(one), one)))
