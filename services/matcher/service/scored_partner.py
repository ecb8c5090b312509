"""One partner of a ranking."""

from dataclasses import dataclass

from services.matcher.domain.partner_features import PartnerFeature
from services.matcher.domain.scoring import ScoredDirection
from services.matcher.domain.statements import MatchedOrganisation


@dataclass(frozen=True)
class ScoredPartner:
    """An organisation, its score and what the score is made of."""

    partner: MatchedOrganisation
    score: float
    receives: ScoredDirection
    gives: ScoredDirection
    features: tuple[PartnerFeature, ...] = ()
    hand_set: float | None = None
    """The score before anything learned was added; None where nothing was."""
    answers_late: bool = False
    """Whether its directions lack their answers until it is shown."""
