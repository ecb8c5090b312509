"""A rule of policy screening as it is applied."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from shared.contracts.organisation import Language
from shared.contracts.screening import ScreeningRule


@dataclass(frozen=True)
class Rule:
    """What it says, and how it is found. A pattern is searched within one sentence."""

    told: ScreeningRule
    patterns: Mapping[Language, tuple[re.Pattern[str], ...]]
    """Those for Chinese are searched where there is a Chinese character."""
    exceptions: tuple[re.Pattern[str], ...]
    """What excuses a sentence: research, prevention, supervision, a plain no."""
    always: tuple[re.Pattern[str], ...]
    """Patterns that nothing excuses."""
    prototypes: Mapping[Language, tuple[str, ...]]
    """Sentences that the rule means."""
    counterparts: Mapping[Language, tuple[str, ...]]
    """Sentences that look alike and pass."""

    @property
    def id(self) -> str:
        """Its name."""
        return self.told.id


@dataclass(frozen=True)
class Likeness:
    """From where on a statement is as one of a rule's prototypes, for one model's vectors."""

    similarity: float
    """Corrected cosine to the nearest prototype, at least."""
    margin: float
    """More than to the nearest counterpart, at least."""


@dataclass(frozen=True, eq=False)
class RuleBook:
    """All rules of one version. `likeness` is by model: others' vectors are not compared."""

    version: str
    rules: tuple[Rule, ...]
    likeness: Mapping[str, Likeness]
    counterparts: Mapping[Language, tuple[str, ...]]
    """Sentences that no rule is about."""

    def rule(self, id: str) -> Rule | None:
        """One of them; None for a rule of another version."""
        return next((rule for rule in self.rules if rule.id == id), None)
