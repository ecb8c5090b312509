"""Use cases on matches, calls and jobs: from PostgreSQL alone, before the model is loaded."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request

from services.matcher.loops import count_for_ever
from services.matcher.match_cases import (
    MatchCases,
    cases_of,
    match_cases,
    publish_events,
    sweep_for_ever,
    waiting_events,
)
from services.matcher.ports import ProfilesReader
from services.matcher.rematch_cases import RematchCases, publish_for_ever, rematch_cases
from services.matcher.schema import tables
from services.matcher.service.calls.cases import CallCases, call_cases
from services.matcher.service.insights.cases import InsightCases, insight_cases
from services.matcher.service.matches.teaching import Explain
from services.matcher.settings import MatcherSettings
from services.matcher.storage.hubs import FlaggedHubs
from services.matcher.storage.insights.store import PostgresInsights
from services.matcher.storage.postgres import PostgresStore
from services.matcher.taxonomy import load_fields
from shared.background import BackgroundLoops
from shared.bus import Bus
from shared.db import Database
from shared.errors import ProblemError


@dataclass(frozen=True)
class CaseworkParts:
    """What the process has from its start; the tables come with `Casework.prepared`."""

    settings: MatcherSettings
    database: Database
    store: PostgresStore
    profiles: ProfilesReader
    connect: Callable[[], Awaitable[Bus]]
    explain: Explain
    """Says how two organisations fit, once the model is there."""
    """Whether this process is building another index."""


@dataclass(frozen=True)
class Casework:
    """One field for each topic; put together in `casework`, asked for as `CurrentCasework`."""

    parts: CaseworkParts
    matches: MatchCases
    calls: CallCases
    insights: InsightCases
    hubs: FlaggedHubs
    rematch: RematchCases
    prepared: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once the tables are there."""

    async def outbox(self) -> str:
        """How many events wait; raises TimeoutError where they wait for long."""
        return await waiting_events(self.parts.database, tables.outbox)

    def loops(self) -> dict[str, Callable[[], Awaitable[None]]]:
        """What runs beside the HTTP server, by name, from when the tables are there."""
        settings, parts = self.parts.settings, self.parts
        sweeping = self.matches.sweeping
        return {
            "relay": lambda: publish_events(parts.database, tables.outbox, parts.connect),
            "insights": lambda: count_for_ever(self.insights.counting),
            "rematch tasks": lambda: publish_for_ever(parts.store, parts.connect),
            "rematch schedules": self.rematch.firing.run,
            "matches": lambda: sweep_for_ever(sweeping, settings.match_sweep_seconds),
        }

    def start(self, loops: BackgroundLoops) -> None:
        """Begin all of them; each waits for the tables."""
        for name, loop in self.loops().items():
            loops.start(name, lambda loop=loop: self._when_prepared(loop))  # type: ignore[misc]

    async def _when_prepared(self, loop: Callable[[], Awaitable[None]]) -> None:
        await self.prepared.wait()
        await loop()


def casework(parts: CaseworkParts) -> Casework:
    """All use cases of this kind."""
    cases = cases_of(parts.settings, parts.store)
    stale_months = parts.settings.stale_months
    matches = match_cases(cases, parts.profiles, parts.explain, stale_months)
    return Casework(
        parts,
        matches,
        calls=call_cases(parts.store, parts.profiles),
        insights=insight_cases(
            parts.store, PostgresInsights(parts.database, tables), load_fields()
        ),
        hubs=FlaggedHubs(parts.database),
        rematch=rematch_cases(parts.store, load_fields(), stale_months, cases.policy.again_after),
    )


async def _current(request: Request) -> Casework:
    found: Casework = request.app.state.matcher.casework
    if not found.prepared.is_set():
        raise ProblemError("not_ready", what="postgresql", headers={"Retry-After": "1"})
    return found


CurrentCasework = Annotated[Casework, Depends(_current)]
"""Raises ProblemError("not_ready") until the tables are there."""
