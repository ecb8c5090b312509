"""Whether a text is like what a rule means, by vectors that somebody else compares."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from shared.contracts.screening import HOLDING, Prototype
from shared.screening.find import excused, find
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
    sets = [(rule.id, rule.prototypes) for rule in book.rules]
    sets += [(f"{rule.id}{_ALLOWED}", rule.counterparts) for rule in book.rules]
    sets.append((f"other{_ALLOWED}", book.counterparts))
    return tuple(
        Prototype(rule=name, text=text, language=language)
        for name, sentences in sets
        for language, texts in sentences.items()
        for text in texts
    )


def alike(text: str, similarities: Mapping[str, float], model: str, book: RuleBook) -> Alike | None:
    """The rule whose prototypes are nearest, where they are near enough, and nearer than every
    counterpart; None where the patterns hold the text already.

    Only the nearest: rules about money are like each other, and one hold is enough. What a rule's
    exceptions excuse is excused here too. No thresholds were set for vectors of other models:
    nothing is alike then.
    """
    thresholds = book.likeness.get(model)
    if thresholds is None:
        return None
    near, nearest = max((similarities.get(rule.id, -1.0), rule.id) for rule in book.rules)
    passing = max((v for name, v in similarities.items() if name.endswith(_ALLOWED)), default=-1.0)
    if near < thresholds.similarity or near - passing < thresholds.margin:
        return None
    rule = book.rule(nearest)
    found = find(text, book)
    held = any(match.rule.told.severity in HOLDING or match.rule is rule for match in found)
    if rule is None or held or excused(text, rule):
        return None
    return Alike(rule, near)
