"""Partner suggestions for one organisation."""

from dataclasses import dataclass
from datetime import UTC, datetime

from services.matcher.domain.explanation import explain, may_be_found, shown_features, summary
from services.matcher.domain.ranking import page_after, rounded
from services.matcher.domain.ranking_weights import STANDARD, Weights
from services.matcher.domain.snapshot import current
from services.matcher.domain.statements import MatchedOrganisation
from services.matcher.domain.stored import IndexState
from services.matcher.ports import IndexFilter
from services.matcher.service.cursors import read_cursor, write_cursor
from services.matcher.service.fresh import FreshProfiles
from services.matcher.service.live import Live, LiveIndex
from services.matcher.service.partner_ranking import PartnerRanking, ScoredPartner
from services.matcher.service.scope import EVERYWHERE, Scope
from services.matcher.store import MatcherStore
from shared.contracts.organisation import Side
from shared.contracts.principal import Principal, Role
from shared.contracts.suggestions import (
    Freshness,
    Suggestion,
    SuggestionFilter,
    SuggestionPage,
    SuggestionSide,
)
from shared.errors import ProblemError


@dataclass(frozen=True)
class SuggestionRequest:
    """Which suggestions, of which organisation."""

    organisation: str
    side: SuggestionSide
    filter: SuggestionFilter
    limit: int
    cursor: str | None


class Suggest:
    """The best partners, with reasons."""

    def __init__(
        self,
        store: MatcherStore,
        fresh: FreshProfiles,
        live: LiveIndex,
        weights: Weights = STANDARD,
    ) -> None:
        self._store = store
        self._fresh = fresh
        self._live = live
        self._ranking = PartnerRanking(store, weights)

    async def suggest(
        self, request: SuggestionRequest, reader: Principal, scope: Scope = EVERYWHERE
    ) -> SuggestionPage:
        """Raises ProblemError `forbidden`, `not_found`, `invalid_request` or `not_ready`."""
        _authorise(request.organisation, reader)
        after = read_cursor(request.cursor)
        today = datetime.now(UTC).date()
        read = await self._fresh.asker(request.organisation)
        asker = current(read.profile, today)
        live = self._live.current()
        narrowing = scope.narrowed(_narrowing(asker, read.excluding, request.filter))
        scored = await self._ranking.ranked(
            live, asker, narrowing, side=request.side, today=today, depth=scope.depth
        )
        wanted = [
            one
            for one in scored
            if rounded(one.score) >= request.filter.minimum_score
            and may_be_found(one.partner, request.filter.field, reader)
        ]
        page = page_after(
            wanted, lambda one: (one.score, one.partner.id), after=after, limit=request.limit
        )
        return SuggestionPage(
            organisation=asker.id,
            items=tuple(_suggestion(rank, one, reader) for rank, one in page.items),
            next_cursor=write_cursor(page.next),
            freshness=freshness(live, read.state, asker.version),
        )


def _narrowing(
    asker: MatchedOrganisation, excluding: frozenset[str], wanted: SuggestionFilter
) -> IndexFilter:
    return IndexFilter(
        side=Side.CAPABILITY,
        kind=wanted.kind,
        country=wanted.country,
        province=wanted.province,
        field=wanted.field,
        excluded_organisations=tuple(sorted({asker.id, *asker.exclusions, *excluding})),
    )


def _suggestion(rank: int, scored: ScoredPartner, reader: Principal) -> Suggestion:
    return Suggestion(
        rank=rank,
        partner=summary(scored.partner),
        score=rounded(scored.score),
        receives=explain(scored.receives, reader),
        gives=explain(scored.gives, reader),
        features=shown_features(scored.features),
    )


def _authorise(organisation: str, reader: Principal) -> None:
    if reader.role is Role.MEMBER and not reader.speaks_for(organisation):
        raise ProblemError("forbidden", reason="suggestions are for the organisation's members")


def freshness(live: Live, state: IndexState | None, version: int | None) -> Freshness:
    """Up to which state an answer is computed; `state` was read before the index was asked."""
    return Freshness(
        organisation_version=version,
        collection=live.state.collection,
        indexed_at=state.indexed_at if state else None,
        computed_at=datetime.now(UTC),
    )
