"""One place of a list of partners."""

from dataclasses import dataclass

from services.matcher.domain.statements import MatchedOrganisation
from services.matcher.service.scored_partner import ScoredPartner


@dataclass(frozen=True)
class ListedPartner:
    """One place of the list."""

    scored: ScoredPartner
    stand_in: MatchedOrganisation | None = None
    """Further up, where likeness to it moved this one down."""
    likeness: float = 0.0
    rank_by_score: int = 0
    propensity: float = 1.0
    """The chance with which it stands in its place."""
    explored: bool = False
    window_chance: float | None = None
    """The chance with which it is shown somewhere in the window; None where it stands outside."""

    @property
    def id(self) -> str:
        """Of the partner."""
        return self.scored.partner.id
