"""What an organisation has said no to, and taking that back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from services.matcher.domain.cards import OrganisationCard
from services.matcher.domain.declined import DeclinedPair
from services.matcher.domain.learning.stored import NewRecord
from services.matcher.service.cursors import read_pair_cursor, write_pair_cursor
from services.matcher.service.listing import authorise
from services.matcher.service.side_answers import add_record
from services.matcher.store import MatcherStore
from shared.contracts.decisions import (
    DeclinedSuggestion,
    DeclinedSuggestionPage,
    RecordKind,
    Verdict,
)
from shared.contracts.organisation import Names
from shared.contracts.principal import Principal
from shared.errors import ProblemError

_LIST = "declined"


@dataclass(frozen=True)
class DeclinedSuggestions:
    """For the organisation's members, and for staff."""

    store: MatcherStore
    again_after: timedelta
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    async def page(
        self, organisation: str, reader: Principal, *, cursor: str | None, limit: int
    ) -> DeclinedSuggestionPage:
        """In the order of the others' ids. Raises ProblemError `forbidden`, `invalid_request`."""
        authorise(organisation, reader)
        after, since = read_pair_cursor(cursor), self.now() - self.again_after
        async with self.store.reading() as reading:
            found = await reading.declined.page(
                organisation, since, after=after[0] if after else None, limit=limit + 1
            )
            cards = await reading.cards.of([one.other for one in found])
        last = found[limit - 1] if len(found) > limit else None
        return DeclinedSuggestionPage(
            items=tuple(self._told(one, cards.get(one.other)) for one in found[:limit]),
            next_cursor=write_pair_cursor((last.other, _LIST) if last else None),
        )

    async def take_back(self, organisation: str, other: str, by: Principal) -> None:
        """As if nothing had been answered: the other may be suggested again at once, and learning
        takes nothing from it. Raises ProblemError("not_found") where nothing was declined."""
        record = NewRecord(
            kind=RecordKind.RESPONSE,
            organisation=organisation,
            partner=other,
            verdict=Verdict.TAKEN_BACK,
            reasons=(),
            text=None,
            said_by=by.subject,
            request_key=None,
        )
        async with self.store.transaction() as transaction:
            await transaction.records.claim(record.slot)
            last = await transaction.records.last(record.slot)
            if last is None or last.verdict is not Verdict.DECLINED:
                raise ProblemError("not_found", what="declined suggestion", id=other)
            await add_record(transaction, record)

    def _told(self, one: DeclinedPair, card: OrganisationCard | None) -> DeclinedSuggestion:
        return DeclinedSuggestion(
            organisation=one.organisation,
            other=one.other,
            names=Names.model_validate(card.names) if card and card.names else None,
            reasons=one.reasons,
            text=one.text,
            said_at=one.at,
            again_from=one.at + self.again_after if one.holds else None,
        )
