"""What a suggestion was at the moment it was made, for learning from what is decided on it."""

from dataclasses import dataclass

from services.matcher.domain.calibration import raw_of
from services.matcher.domain.learning.learned_ranking import EDITION
from services.matcher.domain.stored import IndexState
from services.matcher.service.scored_partner import ScoredPartner
from shared.contracts.decisions import SnapshotFeature, SuggestionSnapshot


@dataclass(frozen=True)
class ListPlace:
    """Where a partner stands, and what the list was made with."""

    asker_version: int
    rank: int
    ranking: str
    """The ranking's name, as `NamedRanking` has it."""
    state: IndexState


def snapshot_of_place(scored: ScoredPartner, place: ListPlace) -> SuggestionSnapshot:
    """As coordinators see it: nothing is left to chance."""
    hand_set = scored.score if scored.hand_set is None else scored.hand_set
    return SuggestionSnapshot(
        features=tuple(
            SnapshotFeature(name=one.name, value=one.value, contribution=one.contribution)
            for one in scored.features
        ),
        raw=raw_of(hand_set),
        probability=scored.score,
        rank=place.rank,
        ranking_version=f"{EDITION}+{place.ranking}",
        model=place.state.model,
        statistics_version=place.state.statistics_version,
        organisation_version=place.asker_version,
        partner_version=scored.partner.version,
    )
