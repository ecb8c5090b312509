"""Comparing statements with the rules' prototype sentences, after they were saved.

The matcher has the model; it is asked in the background, and again later when it is away. What it
finds is added to what the patterns found: a block by likeness alone is a hold, for a likeness is
no proof.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

import structlog

from services.profiles.domain.flags import (
    Found,
    after_screening,
    screened_text,
    statement_digest,
    statements_of,
)
from services.profiles.domain.language import detect_language
from services.profiles.domain.stored import OrganisationState
from services.profiles.ports import OrganisationStore
from services.profiles.saving import Saving
from services.profiles.screening.flag_store import FlagStore
from services.profiles.screening.holding import hold_by_flags
from services.profiles.screening.progress_store import ProgressStore
from services.profiles.screening.screening import connection_of, digests_of
from services.profiles.storage import PostgresOrganisationStore
from shared.contracts.organisation import Side, Statement, Status
from shared.contracts.screening import (
    ComparedText,
    FoundBy,
    Severity,
    SimilarityAnswer,
    SimilarityRequest,
)
from shared.db import Database
from shared.errors import ProblemError
from shared.http.request_id import begin_turn
from shared.screening.likeness import Alike, alike, prototypes

_ORGANISATIONS = 20
_TEXTS = 64
_POLL_SECONDS = 2.0
_LONGEST_WAIT = timedelta(minutes=10)
_log = structlog.get_logger("screening")


class Compares(Protocol):
    """The matcher, as this service calls it. Raises ProblemError when it is away."""

    async def similarities(self, request: SimilarityRequest) -> SimilarityAnswer: ...


@dataclass(frozen=True)
class _Asked:
    """A statement that may be flagged by likeness."""

    organisation: str
    side: Side
    statement: Statement


class Comparing:
    """Takes organisations whose moment has come, the longest waiting first."""

    def __init__(self, database: Database, saving: Saving, matcher: Compares) -> None:
        self._database = database
        self._saving = saving
        self._matcher = matcher
        self._book = saving.screening.book

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            begin_turn()
            if not await self.portion():
                await asyncio.sleep(_POLL_SECONDS)

    async def portion(self) -> int:
        """Compare some; how many organisations that were, 0 where the matcher is away too."""
        async with self._database.reading() as connection:
            ids = await ProgressStore(connection).to_compare(self._saving.now(), _ORGANISATIONS)
            states = await PostgresOrganisationStore(connection).find_many(ids)
        if not ids:
            return 0
        asked = [one for state in states for one in _asked(state)]
        try:
            found = await self._compared(asked)
        except ProblemError as error:
            await self._postpone(ids)
            _log.info("not_compared", organisations=len(ids), code=error.code)
            return 0
        for state in states:
            await self._keep(state, found.get(state.id, ()))
        await self._done(set(ids) - {state.id for state in states})
        return len(ids)

    async def _compared(self, asked: Sequence[_Asked]) -> Mapping[str, list[Found]]:
        """By organisation."""
        found: dict[str, list[Found]] = {}
        for start in range(0, len(asked), _TEXTS):
            some = asked[start : start + _TEXTS]
            answer = await self._matcher.similarities(
                SimilarityRequest(
                    texts=tuple(_text(number, one) for number, one in enumerate(some)),
                    prototypes=prototypes(self._book),
                )
            )
            for one, item in zip(some, answer.items, strict=True):
                text = screened_text(one.statement)
                if hit := alike(text, item.by_rule, answer.model, self._book):
                    found.setdefault(one.organisation, []).append(_found(one, hit))
        return found

    async def _keep(self, read: OrganisationState, found: Sequence[Found]) -> None:
        """What was found, unless the organisation has changed since; it is compared again then."""

        async def attempt(store: OrganisationStore) -> None:
            state = await store.find(read.id, lock=True)
            if state is None or state.version != read.version:
                return
            connection = connection_of(store)
            known = (await FlagStore(connection).of([read.id])).get(read.id, [])
            digests = digests_of(state.profile) if state.profile else {}
            now = self._saving.now()
            changes = after_screening(read.id, known, found, digests, FoundBy.EMBEDDING, now)
            if changes:
                await hold_by_flags(store, state, changes)
            await ProgressStore(connection).compared([read.id])

        await self._saving.in_transaction(attempt)

    async def _postpone(self, ids: Sequence[str]) -> None:
        async with self._database.transaction() as connection:
            progress = ProgressStore(connection)
            wait = timedelta(seconds=5 * 2 ** min(await progress.attempts(ids), 8))
            await progress.postpone(ids, self._saving.now() + min(wait, _LONGEST_WAIT))

    async def _done(self, ids: set[str]) -> None:
        if ids:
            async with self._database.transaction() as connection:
                await ProgressStore(connection).compared(sorted(ids))


def _asked(state: OrganisationState) -> list[_Asked]:
    if state.profile is None or state.status is not Status.ACTIVE:
        return []
    return [_Asked(state.id, side, one) for side, one in statements_of(state.profile)]


def _text(number: int, asked: _Asked) -> ComparedText:
    text = asked.statement.text
    language = asked.statement.language or detect_language(text)
    return ComparedText(id=str(number), text=text, language=language, side=asked.side)


def _found(asked: _Asked, hit: Alike) -> Found:
    told = hit.rule.told
    return Found(
        statement=asked.statement.id,
        side=asked.side,
        digest=statement_digest(asked.statement),
        rule=told.id,
        edition=told.edition,
        severity=Severity.HOLD if told.severity is Severity.BLOCK else told.severity,
        by=FoundBy.EMBEDDING,
        similarity=round(hit.similarity, 4),
    )
