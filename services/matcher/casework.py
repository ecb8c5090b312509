"""Use cases on matches, calls and jobs: from PostgreSQL alone, before the model is loaded."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request

from services.matcher.ports import ProfilesReader
from services.matcher.service.calls.cases import CallCases, call_cases
from services.matcher.settings import MatcherSettings
from services.matcher.storage.postgres import PostgresStore
from shared.background import BackgroundLoops
from shared.db import Database
from shared.errors import ProblemError


@dataclass(frozen=True)
class CaseworkParts:
    """What the process has from its start; the tables come with `Casework.prepared`."""

    settings: MatcherSettings
    database: Database
    store: PostgresStore
    profiles: ProfilesReader


@dataclass(frozen=True)
class Casework:
    """One field for each topic; put together in `casework`, asked for as `CurrentCasework`."""

    parts: CaseworkParts
    calls: CallCases
    prepared: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once the tables are there."""

    def loops(self) -> dict[str, Callable[[], Awaitable[None]]]:
        """What runs beside the HTTP server, by name, from when the tables are there."""
        return {}

    def start(self, loops: BackgroundLoops) -> None:
        """Begin all of them; each waits for the tables."""
        for name, loop in self.loops().items():
            loops.start(name, lambda loop=loop: self._when_prepared(loop))  # type: ignore[misc]

    async def _when_prepared(self, loop: Callable[[], Awaitable[None]]) -> None:
        await self.prepared.wait()
        await loop()


def casework(parts: CaseworkParts) -> Casework:
    """All use cases of this kind."""
    return Casework(parts, calls=call_cases(parts.store, parts.profiles))


async def _current(request: Request) -> Casework:
    found: Casework = request.app.state.matcher.casework
    if not found.prepared.is_set():
        raise ProblemError("not_ready", what="postgresql", headers={"Retry-After": "1"})
    return found


CurrentCasework = Annotated[Casework, Depends(_current)]
"""Raises ProblemError("not_ready") until the tables are there."""
