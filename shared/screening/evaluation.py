"""How well the rules find what they mean: recall and precision, by rule and together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from shared.contracts.screening import HOLDING
from shared.screening.find import find
from shared.screening.labelled import Labelled
from shared.screening.likeness import alike
from shared.screening.rules import RuleBook

Similarities = Mapping[str, Mapping[str, float]]
"""By sentence id and rule."""


@dataclass
class Counts:
    """Of one rule, or of what is held."""

    found: int = 0
    missed: list[str] = field(default_factory=list)
    """Ids of sentences."""
    wrong: list[str] = field(default_factory=list)
    kept: int = 0
    """Of what was to be found: kept from others, by this rule or a sibling."""

    @property
    def held(self) -> float | None:
        """Share of what was to be found that is kept from others; None where there was nothing."""
        wanted = self.found + len(self.missed)
        return self.kept / wanted if wanted else None

    @property
    def recall(self) -> float | None:
        """None where nothing was to be found."""
        wanted = self.found + len(self.missed)
        return self.found / wanted if wanted else None

    @property
    def precision(self) -> float | None:
        """None where nothing was found."""
        told = self.found + len(self.wrong)
        return self.found / told if told else None


@dataclass(frozen=True)
class Figures:
    """`held` asks whether a sentence is kept from others, by whatever rule."""

    sentences: int
    by_rule: Mapping[str, Counts]
    held: Counts


def evaluate(
    labelled: Sequence[Labelled],
    book: RuleBook,
    similarities: Similarities | None = None,
    model: str = "",
) -> Figures:
    """With similarities: what patterns and likeness find together."""
    by_rule = {rule.id: Counts() for rule in book.rules}
    held = Counts()
    holding = frozenset(rule.id for rule in book.rules if rule.told.severity in HOLDING)
    for one in labelled:
        told = _told(one, book, similarities, model)
        kept = bool(told & holding)
        for rule, counts in by_rule.items():
            _count(counts, one.id, rule in told, rule in one.rules, rule in one.also)
            counts.kept += kept and rule in one.rules and rule in holding
        must, may = bool(one.rules & holding), bool(one.also & holding)
        _count(held, one.id, kept, must, may)
        held.kept += kept and must
    return Figures(len(labelled), by_rule, held)


def _told(
    one: Labelled, book: RuleBook, similarities: Similarities | None, model: str
) -> frozenset[str]:
    found = {match.rule.id for match in find(one.text, book)}
    if similarities and (hit := alike(one.text, similarities[one.id], model, book)):
        found.add(hit.rule.id)
    return frozenset(found)


def _count(counts: Counts, id: str, told: bool, wanted: bool, allowed: bool) -> None:
    if wanted and told:
        counts.found += 1
    elif wanted:
        counts.missed.append(id)
    elif told and not allowed:
        counts.wrong.append(id)


def unlike(labelled: Iterable[Labelled], book: RuleBook) -> list[str]:
    """Rules that a label names and the book does not have."""
    known = {rule.id for rule in book.rules}
    return sorted({rule for one in labelled for rule in (one.rules | one.also)} - known)
