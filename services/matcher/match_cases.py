"""The use cases on matches, put together."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import sqlalchemy as sa

from services.matcher.ports import ProfilesReader
from services.matcher.service.audit import ReadAudit
from services.matcher.service.matches.answering import AnswerMatches
from services.matcher.service.matches.caring import CareForMatches
from services.matcher.service.matches.cases import Cases
from services.matcher.service.matches.deciding import DecideMatches
from services.matcher.service.matches.listing import ListMatches
from services.matcher.service.matches.reading import ReadMatches
from services.matcher.service.matches.requesting import RequestIntroductions
from services.matcher.service.matches.suggesting import RecordSuggested
from services.matcher.service.matches.sweeping import SweepMatches
from services.matcher.service.matches.teaching import Explain, MissingSnapshots
from services.matcher.service.other_profile import OtherProfiles
from services.matcher.settings import MatcherSettings
from services.matcher.store import MatcherStore
from shared.bus import Bus
from shared.db import Database
from shared.http.request_id import begin_turn
from shared.outbox import Relay, outbox_lag
from shared.streams import MATCHER_STREAM

_ALARM_SECONDS = 60.0


@dataclass(frozen=True)
class MatchCases:
    """One for each thing that is done with matches."""

    cases: Cases
    listing: ListMatches
    reading: ReadMatches
    deciding: DecideMatches
    caring: CareForMatches
    answering: AnswerMatches
    requesting: RequestIntroductions
    suggested: RecordSuggested
    sweeping: SweepMatches
    audit: ReadAudit


def match_cases(
    cases: Cases, profiles: ProfilesReader, explain: Explain, stale_months: int
) -> MatchCases:
    """Over one store, one clock and one set of rules."""
    listing = ListMatches(cases, stale_months)
    missing = MissingSnapshots(cases.store, explain)
    return MatchCases(
        cases=cases,
        listing=listing,
        reading=ReadMatches(cases, listing),
        deciding=DecideMatches(cases, missing),
        caring=CareForMatches(cases),
        answering=AnswerMatches(cases, missing),
        requesting=RequestIntroductions(cases, OtherProfiles(cases.store, profiles), explain),
        suggested=RecordSuggested(cases),
        sweeping=SweepMatches(cases),
        audit=ReadAudit(cases.store),
    )


def cases_of(settings: MatcherSettings, store: MatcherStore) -> Cases:
    """With the operator's rules."""
    return Cases(store, settings.match_policy)


async def sweep_for_ever(sweeping: SweepMatches, seconds: float) -> None:
    """Until cancelled; an error ends it, and it may be run again."""
    while True:
        begin_turn()
        await sweeping.sweep()
        await asyncio.sleep(seconds)


async def publish_events(
    database: Database, outbox: sa.Table, connect: Callable[[], Awaitable[Bus]]
) -> None:
    """The relay; an error ends it, and it may be run again."""
    bus = await connect()
    await bus.ensure_stream(MATCHER_STREAM)  # again after an error: it may have been deleted
    await Relay(database.engine, outbox, bus).run()


async def waiting_events(database: Database, outbox: sa.Table) -> str:
    """How many are unpublished; raises TimeoutError where the oldest is late by a minute."""
    count, age = await outbox_lag(database.engine, outbox)
    if age > _ALARM_SECONDS:
        raise TimeoutError(f"{count} events wait, the oldest for {age:.0f} s")
    return f"{count} events wait"
