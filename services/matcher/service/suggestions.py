"""Partner suggestions for one organisation."""

from dataclasses import dataclass
from datetime import UTC, datetime

from services.matcher.domain.diversity_constants import NEAR_DUPLICATE
from services.matcher.domain.explanation import explain, quote, shown_features, summary
from services.matcher.domain.ranking import rounded
from services.matcher.domain.seen import page_unseen
from services.matcher.domain.stored import IndexState
from services.matcher.service.cursors import read_seen_cursor, write_seen_cursor
from services.matcher.service.late_answers import with_answers
from services.matcher.service.listed_partner import ListedPartner
from services.matcher.service.listing import (
    Listing,
    ListingRequest,
    PartnerListing,
)
from services.matcher.service.live import Live
from services.matcher.service.live_ranking import HAND_SET_VERSION
from services.matcher.service.scope import EVERYWHERE, Scope
from services.matcher.service.scored_partner import ScoredPartner
from services.matcher.service.unanswered import unanswered_must_haves
from shared.contracts.principal import Principal
from shared.contracts.suggestions import (
    Freshness,
    Likeness,
    StandIn,
    Suggestion,
    SuggestionFilter,
    SuggestionPage,
    SuggestionSide,
    UnansweredNeed,
)
from shared.facets.reader import as_contract, read_facets
from shared.facets.vocabulary import taxonomy_vocabulary


@dataclass(frozen=True)
class SuggestionRequest:
    """Which suggestions, of which organisation."""

    organisation: str
    side: SuggestionSide
    filter: SuggestionFilter
    limit: int
    cursor: str | None
    diversity: bool = True


class Suggest:
    """The best partners, with reasons, page by page."""

    def __init__(self, listing: PartnerListing) -> None:
        self._listing = listing

    async def suggest(
        self, request: SuggestionRequest, reader: Principal, scope: Scope = EVERYWHERE
    ) -> SuggestionPage:
        """Raises ProblemError `forbidden`, `not_found`, `invalid_request` or `not_ready`."""
        seen = read_seen_cursor(request.cursor)
        wanted = ListingRequest(
            request.organisation, request.side, request.filter, request.diversity
        )
        listing = await self._listing.listed(wanted, reader, scope)
        page = page_unseen(listing.partners, lambda one: one.id, seen=seen, limit=request.limit)
        await self._listing.note_shown(listing, page.items)
        scored = [one.scored for _, one in page.items]
        shown = await with_answers(listing.live, listing.asker, scored)
        return SuggestionPage(
            organisation=listing.asker.id,
            items=tuple(_suggestion(rank, one, shown[one.id], reader) for rank, one in page.items),
            next_cursor=write_seen_cursor(page.seen),
            unanswered=await _unanswered(listing, request, reader) if scope == EVERYWHERE else (),
            freshness=freshness(
                listing.live, listing.state, listing.asker.version, listing.ranking_version
            ),
        )


async def _unanswered(
    listing: Listing, request: SuggestionRequest, reader: Principal
) -> tuple[UnansweredNeed, ...]:
    if request.cursor or request.side is SuggestionSide.CAPABILITY:
        return ()
    return tuple(
        UnansweredNeed(
            need=quote(one.need, reader),
            facets=as_contract(
                read_facets(
                    one.need.text, one.need.language, one.need.facets, taxonomy_vocabulary()
                )
            ),
            best=rounded(one.best),
        )
        for one in await unanswered_must_haves(listing)
    )


def _suggestion(
    rank: int, listed: ListedPartner, scored: ScoredPartner, reader: Principal
) -> Suggestion:
    return Suggestion(
        rank=rank,
        partner=summary(scored.partner),
        score=rounded(scored.score),
        receives=explain(scored.receives, reader),
        gives=explain(scored.gives, reader),
        features=shown_features(scored.features),
        stands_for_it=stand_in(listed),
    )


def stand_in(listed: ListedPartner) -> StandIn | None:
    """Who stands for one that was moved down."""
    if listed.stand_in is None:
        return None
    near = listed.likeness >= NEAR_DUPLICATE
    return StandIn(
        organisation=listed.stand_in.id,
        names=summary(listed.stand_in).names,
        likeness=Likeness.NEAR_DUPLICATE if near else Likeness.SISTER,
        rank_by_score=listed.rank_by_score,
    )


def freshness(
    live: Live, state: IndexState | None, version: int | None, ranking: str = HAND_SET_VERSION
) -> Freshness:
    """Up to which state an answer is computed; `state` was read before the index was asked."""
    return Freshness(
        organisation_version=version,
        collection=live.state.collection,
        indexed_at=state.indexed_at if state else None,
        computed_at=datetime.now(UTC),
        ranking_version=ranking,
    )
