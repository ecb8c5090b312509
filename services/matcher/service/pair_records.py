"""What people decide about pairs, kept with what the suggestion was at that moment."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from services.matcher.domain.learning.stored import NewRecord, RecordFilter
from services.matcher.service.cursors import read_id_cursor, write_id_cursor
from services.matcher.service.listed_partner import ListedPartner
from services.matcher.service.listing import Listing, ListingRequest, PartnerListing
from services.matcher.service.other_profile import OtherProfiles
from services.matcher.service.pair_constraints import NamedPair
from services.matcher.service.scope import EVERYWHERE
from services.matcher.service.side_answers import add_record
from services.matcher.service.suggestion_snapshot import ListPlace, snapshot_of_place
from services.matcher.store import MatcherStore, StoreTransaction
from shared.contracts.decisions import (
    DecisionRequest,
    OutcomeRequest,
    PairRecord,
    PairRecordPage,
    RecordKind,
    ResponseRequest,
    SuggestionSnapshot,
    Verdict,
)
from shared.contracts.principal import Principal, Role
from shared.contracts.suggestions import SuggestionFilter, SuggestionSide
from shared.errors import ProblemError

_REMEMBERED = timedelta(days=60)
"""So long a place that chance has filled explains a decision."""
_SYSTEM = Principal(subject="matcher", role=Role.SERVICE)

Said = DecisionRequest | ResponseRequest | OutcomeRequest


@dataclass(frozen=True)
class KeepPairRecords:
    """Records are added, never changed; of a pair's records of one kind the last one counts."""

    store: MatcherStore
    listing: PartnerListing
    others: OtherProfiles

    async def keep(
        self, named: NamedPair, said: Said, by: Principal, key: str | None = None
    ) -> PairRecord:
        """The new record; the one that is there where the same was said before.

        Raises ProblemError `not_found`, `invalid_request`, `idempotency_key_reused`, `not_ready`.
        """
        named.pair()
        record = _record(named, said, by, key)
        async with self.store.transaction() as transaction:
            earlier = await _earlier(transaction, record)
        if earlier is None:
            await self.others.visible(named.other, by)
            snapshot = await self.snapshot(named)
            earlier = await self._add(_record(named, said, by, key, snapshot))
        return earlier if by.role is not Role.MEMBER else _for_members(earlier)

    async def page(self, wanted: RecordFilter, *, cursor: str | None, limit: int) -> PairRecordPage:
        """Newest first. Raises ProblemError("invalid_request") for a cursor of another list."""
        before = read_id_cursor(cursor)
        async with self.store.transaction() as transaction:
            found = await transaction.records.page(wanted, before=before, limit=limit + 1)
        more = found[limit - 1].id if len(found) > limit else None
        return PairRecordPage(items=tuple(found[:limit]), next_cursor=write_id_cursor(more))

    async def _add(self, record: NewRecord) -> PairRecord:
        async with self.store.transaction() as transaction:
            if record.request_key:
                await transaction.records.claim(f"{record.said_by}\n{record.request_key}")
            await transaction.records.claim(record.slot)
            earlier = await _earlier(transaction, record)
            return earlier or await add_record(transaction, record)

    async def snapshot(self, named: NamedPair) -> SuggestionSnapshot | None:
        """As coordinators see the list now, and where chance has shown it to members."""
        request = ListingRequest(named.organisation, SuggestionSide.MUTUAL, SuggestionFilter())
        listing = await self.listing.listed(request, _SYSTEM, EVERYWHERE)
        return await self.snapshot_in(listing, named.other)

    async def snapshot_in(self, listing: Listing, other: str) -> SuggestionSnapshot | None:
        """The same in a list that is at hand; None where the other is not in it."""
        places = enumerate(listing.partners, start=1)
        found = next(((rank, one) for rank, one in places if one.id == other), None)
        if found is None:
            return None
        as_it_is = _as_it_is(listing, *found)
        chance = self.listing.chance(listing, as_it_is.rank)
        snapshot = as_it_is.model_copy(update={"propensity": chance})
        since = datetime.now(UTC).date() - _REMEMBERED
        async with self.store.transaction() as transaction:
            shown = await transaction.records.shown(listing.asker.id, other, since)
        if shown is None:
            return snapshot
        seen = {"rank": shown.rank, "propensity": shown.propensity, "explored": True}
        return snapshot.model_copy(update=seen)


def _record(
    named: NamedPair,
    said: Said,
    by: Principal,
    key: str | None,
    snapshot: SuggestionSnapshot | None = None,
) -> NewRecord:
    return NewRecord(
        kind=_kind(said),
        organisation=named.organisation,
        partner=named.other,
        verdict=said.verdict,
        reasons=said.reasons,
        text=said.text,
        said_by=by.subject,
        request_key=key,
        snapshot=snapshot,
    )


def _kind(said: Said) -> RecordKind:
    if isinstance(said, DecisionRequest):
        return RecordKind.DECISION
    if isinstance(said, ResponseRequest):
        return RecordKind.RESPONSE
    return RecordKind.INTRODUCTION if said.verdict is Verdict.INTRODUCED else RecordKind.OUTCOME


async def _earlier(transaction: StoreTransaction, record: NewRecord) -> PairRecord | None:
    """The same, said before: under the key, or as what counts now."""
    if record.request_key:
        found = await transaction.records.by_request(record.said_by, record.request_key)
        if found:
            if not _same(found, record):
                raise ProblemError("idempotency_key_reused")
            return found
    last = await transaction.records.last(record.slot)
    return last if last and last.said_by == record.said_by and _same(last, record) else None


def _same(found: PairRecord, record: NewRecord) -> bool:
    names = ("kind", "organisation", "partner", "verdict", "reasons", "text")
    return all(getattr(found, name) == getattr(record, name) for name in names)


def _for_members(record: PairRecord) -> PairRecord:
    return record.model_copy(update={"snapshot": None})


def _as_it_is(listing: Listing, rank: int, listed: ListedPartner) -> SuggestionSnapshot:
    place = ListPlace(listing.asker.version, rank, listing.ranking_version, listing.live.state)
    return snapshot_of_place(listed.scored, place)
