"""Whether a text is like what a rule means, by vectors that somebody else compares."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from shared.contracts.screening import Prototype
from shared.screening.find import excused
from shared.screening.rules import Rule, RuleBook

_ALLOWED = "-allowed"
"""Counterparts are compared as a rule of their own: the rule's id and this."""


@dataclass(frozen=True)
class Alike:
    """A rule whose prototypes a text is like."""

    rule: Rule
    similarity: float


@lru_cache(maxsize=2)
def prototypes(book: RuleBook) -> tuple[Prototype, ...]:
    """All prototypes and counterparts, as they are sent to be compared."""
    return tuple(
        Prototype(rule=name, text=text, language=language)
        for rule in book.rules
        for name, sentences in (
            (rule.id, rule.prototypes),
            (f"{rule.id}{_ALLOWED}", rule.counterparts),
        )
        for language, texts in sentences.items()
        for text in texts
    )


def alike(
    text: str, similarities: Mapping[str, float], model: str, book: RuleBook
) -> tuple[Alike, ...]:
    """Rules whose prototypes are near enough, and nearer than their counterparts.

    What a rule's exceptions excuse is excused here too. No thresholds were set for vectors of
    other models: nothing is alike then.
    """
    thresholds = book.likeness.get(model)
    if thresholds is None:
        return ()
    found = []
    for rule in book.rules:
        near = similarities.get(rule.id, -1.0)
        margin = near - similarities.get(f"{rule.id}{_ALLOWED}", -1.0)
        if near < thresholds.similarity or margin < thresholds.margin or excused(text, rule):
            continue
        found.append(Alike(rule, near))
    return tuple(found)
