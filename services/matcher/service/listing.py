"""The whole list of partners for one organisation, in its final order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from services.matcher.domain.diversity import Placed, diversified
from services.matcher.domain.diversity_constants import DIVERSIFIED
from services.matcher.domain.explanation import may_be_found
from services.matcher.domain.exploration import (
    daily_randomness,
    explore,
    standing_chance,
    window,
    window_chance,
)
from services.matcher.domain.field_tree import NO_FIELDS, FieldTree
from services.matcher.domain.learning.stored import ExploredPlace
from services.matcher.domain.likeness import alikeness
from services.matcher.domain.ranking import rounded
from services.matcher.domain.restrictions import EXCLUDED_BY_NAME, Restrictions, widened
from services.matcher.domain.snapshot import current, without
from services.matcher.domain.statements import MatchedOrganisation
from services.matcher.domain.stored import IndexState
from services.matcher.ports import IndexFilter
from services.matcher.service.constraints import Constraints
from services.matcher.service.fresh import FreshProfiles
from services.matcher.service.listed_partner import ListedPartner
from services.matcher.service.live import Live, LiveIndex
from services.matcher.service.live_ranking import LiveRanking, NamedRanking
from services.matcher.service.partner_ranking import PartnerRanking
from services.matcher.service.scope import Scope
from services.matcher.service.scored_partner import ScoredPartner
from services.matcher.store import MatcherStore
from shared.contracts.organisation import Side
from shared.contracts.principal import Principal, Role
from shared.contracts.suggestions import SuggestionFilter, SuggestionSide
from shared.errors import ProblemError


@dataclass(frozen=True)
class ListingRequest:
    """Which list, of which organisation."""

    organisation: str
    side: SuggestionSide
    filter: SuggestionFilter
    diversity: bool = True


@dataclass(frozen=True)
class Listing:
    """The list, and what it rests on."""

    asker: MatchedOrganisation
    restrictions: Restrictions
    partners: tuple[ListedPartner, ...]
    below_minimum: tuple[ScoredPartner, ...]
    live: Live
    state: IndexState | None
    """Read before the index was asked."""
    learned: NamedRanking
    fields: tuple[str, ...] = ()
    """Of the filter, with all below it."""

    @property
    def ranking_version(self) -> str:
        """What the ranking that answers is called."""
        return self.learned.version


def as_it_is(live: Live) -> Live:
    """Nothing between a list and the index."""
    return live


class PartnerListing:
    """Constraints, then the ranking, then the minimum, then diversity."""

    def __init__(
        self,
        store: MatcherStore,
        fresh: FreshProfiles,
        live: LiveIndex,
        ranking: PartnerRanking,
        constraints: Constraints,
        learned: LiveRanking,
        *,
        exploration: float = 0.0,
        fields: FieldTree = NO_FIELDS,
    ) -> None:
        self._store = store
        self._fresh = fresh
        self._live = live
        self._ranking = ranking
        self._constraints = constraints
        self._learned = learned
        self._exploration = exploration
        self._fields = fields

    async def listed(
        self,
        request: ListingRequest,
        reader: Principal,
        scope: Scope,
        *,
        day: date | None = None,
        through: Callable[[Live], Live] = as_it_is,
    ) -> Listing:
        """As of that day, or today; `through` may put something between it and the index.

        Raises ProblemError `forbidden`, `not_found` or `not_ready`.
        """
        authorise(request.organisation, reader)
        read = await self._fresh.asker(request.organisation)
        restrictions = await self._constraints.of(read)
        today = day or datetime.now(UTC).date()
        asker = current(without(read.profile, restrictions.held_statements), today)
        live = through(self._live.current())
        learned = (await self._learned.current(live.state)).of_side(request.side)
        hand_set = await self._scored(live, asker, restrictions, request, scope, today)
        scored = sorted((learned.applied(one) for one in hand_set), key=_by_score)
        fields = self._fields.wanted(request.filter.field)
        findable = [one for one in scored if may_be_found(one.partner, fields, reader)]
        wanted, below = _parted(findable, request.filter.minimum_score)
        ordered = _ordered(wanted, diverse=request.diversity and scope.diverse)
        return Listing(
            asker=asker,
            restrictions=restrictions,
            partners=tuple(self._explored(ordered, request, reader, today)),
            below_minimum=tuple(below),
            live=live,
            state=read.state,
            learned=learned,
            fields=fields,
        )

    async def note_shown(
        self, listing: Listing, shown: Sequence[tuple[int, ListedPartner]]
    ) -> None:
        """Keep who stood in the places that chance may fill, once they were seen."""
        seen = [(rank, one) for rank, one in shown if one.window_chance is not None]
        hand_set = _hand_set_window(listing) if seen else frozenset()
        places = [
            ExploredPlace(
                listing.asker.id,
                one.id,
                datetime.now(UTC).date(),
                rank,
                one.propensity,
                listing.ranking_version,
                one.explored,
                one.window_chance,
                one.id in hand_set,
            )
            for rank, one in seen
        ]
        if places:
            async with self._store.transaction() as transaction:
                await transaction.records.note_shown(places)

    def chance(self, listing: Listing, rank: int) -> float:
        """With which members see the partner of this rank in its own place."""
        return standing_chance(rank - 1, len(listing.partners), self._exploration)

    def _explored(
        self,
        ordered: Sequence[ListedPartner],
        request: ListingRequest,
        reader: Principal,
        today: date,
    ) -> list[ListedPartner]:
        """For members only: coordinators, exports and evaluations see the ranking itself."""
        if not self._exploration or reader.role is not Role.MEMBER or not request.diversity:
            return list(ordered)
        rng = daily_randomness(request.organisation, today)
        own = {one.id: place for place, one in enumerate(ordered)}
        places, share = window(len(ordered)), self._exploration
        return [
            replace(
                one.item,
                propensity=one.propensity,
                explored=one.explored,
                window_chance=window_chance(own[one.item.id], len(ordered), share)
                if place in places
                else None,
            )
            for place, one in enumerate(explore(ordered, rng, share))
        ]

    async def scored_among(
        self, listing: Listing, organisations: Sequence[str], side: SuggestionSide
    ) -> dict[str, ScoredPartner]:
        """These organisations in one ranking of their own, whatever restricts them, by id."""
        scored = await self._ranking.ranked(
            listing.live,
            listing.asker,
            IndexFilter(side=Side.CAPABILITY, organisations=tuple(organisations)),
            side=side,
            today=datetime.now(UTC).date(),
            depth=len(organisations),
        )
        learned = listing.learned.of_side(side)
        return {one.partner.id: learned.applied(one) for one in scored}

    async def _scored(
        self,
        live: Live,
        asker: MatchedOrganisation,
        restrictions: Restrictions,
        request: ListingRequest,
        scope: Scope,
        today: date,
    ) -> list[ScoredPartner]:
        """Those that nothing bars. Too many to be named to the index are left out after it."""
        excluded = restrictions.excluded(EXCLUDED_BY_NAME)
        unnamed = restrictions.barred - set(excluded)
        scored = await self._ranking.ranked(
            live,
            asker,
            scope.narrowed(_narrowing(request.filter, excluded, self._fields)),
            side=request.side,
            today=today,
            depth=await self._depth(scope.depth, len(unnamed)),
        )
        return [one for one in scored if one.partner.id not in unnamed]

    async def _depth(self, depth: int, unnamed: int) -> int:
        if not unnamed:
            return depth
        async with self._store.transaction() as transaction:
            organisations = await transaction.snapshots.count_active()
        return widened(depth, unnamed, organisations)


def _narrowing(
    wanted: SuggestionFilter, excluded: tuple[str, ...], fields: FieldTree
) -> IndexFilter:
    return IndexFilter(
        side=Side.CAPABILITY,
        kind=wanted.kind,
        country=wanted.country,
        province=wanted.province,
        fields=fields.wanted(wanted.field),
        excluded_organisations=excluded,
    )


def _parted(
    scored: Sequence[ScoredPartner], minimum: float
) -> tuple[list[ScoredPartner], list[ScoredPartner]]:
    wanted = [one for one in scored if rounded(one.score) >= minimum]
    return wanted, [one for one in scored if rounded(one.score) < minimum]


def _ordered(scored: Sequence[ScoredPartner], *, diverse: bool) -> list[ListedPartner]:
    """From the order by score."""
    if not diverse:
        return [ListedPartner(one, rank_by_score=rank) for rank, one in enumerate(scored, 1)]
    top = scored[:DIVERSIFIED]
    order = diversified([one.score for one in top], alikeness([one.partner for one in top]))
    after = [Placed(item) for item in range(len(top), len(scored))]
    return [_listed(scored, place) for place in [*order, *after]]


def _listed(scored: Sequence[ScoredPartner], place: Placed) -> ListedPartner:
    stand_in = None if place.stand_in is None else scored[place.stand_in].partner
    return ListedPartner(scored[place.item], stand_in, place.likeness, place.item + 1)


def _hand_set_window(listing: Listing) -> frozenset[str]:
    """Who would stand in the window had nothing been learned."""
    scored = [one.scored for one in listing.partners]
    plain = [one if one.hand_set is None else replace(one, score=one.hand_set) for one in scored]
    ordered = _ordered(sorted(plain, key=_by_score), diverse=True)
    return frozenset(ordered[place].id for place in window(len(ordered)))


def _by_score(scored: ScoredPartner) -> tuple[float, str]:
    return -rounded(scored.score), scored.partner.id


def authorise(organisation: str, reader: Principal) -> None:
    """Raises ProblemError("forbidden") for members of others."""
    if reader.role is Role.MEMBER and not reader.speaks_for(organisation):
        raise ProblemError("forbidden", reason="suggestions are for the organisation's members")
