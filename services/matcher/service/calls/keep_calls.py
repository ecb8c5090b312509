"""Making, reading, changing, publishing and ending calls."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from uuid import uuid4

from services.matcher.call_store import RequestKey
from services.matcher.domain.calls.life import cancelled, closed, introduced, published, rewritten
from services.matcher.domain.calls.rights import manages
from services.matcher.domain.calls.stored import Change, StoredCall
from services.matcher.service.calls.expected import Expected
from services.matcher.service.calls.journal import record
from services.matcher.service.calls.publishers import Publishers
from services.matcher.service.calls.refusals import as_problems
from services.matcher.service.calls.views import call_view, team_view
from services.matcher.store import MatcherStore, StoreTransaction
from shared.contracts.base import Contract
from shared.contracts.calls import (
    Call,
    CallContent,
    CallEvent,
    CallState,
    CallTeam,
    Cancellation,
    Closing,
    NewCall,
)
from shared.contracts.principal import Principal
from shared.errors import ProblemError

Clock = Callable[[], datetime]
Step = Callable[[StoredCall], Change]


def utc_now() -> datetime:
    """The time."""
    return datetime.now(UTC)


def request_key(by: Principal, key: str | None, body: Contract) -> RequestKey | None:
    """What an Idempotency-Key stands for; None without one."""
    if key is None:
        return None
    return RequestKey(by.subject, key, sha256(body.model_dump_json().encode()).digest())


@dataclass(frozen=True)
class KeepCalls:
    """Each method is one transaction."""

    store: MatcherStore
    publishers: Publishers
    now: Clock = utc_now

    async def create(self, new: NewCall, by: Principal, key: str | None = None) -> Call:
        """A draft; what is there where it came with this key before.

        Raises ProblemError `own_organisation_only`, `forbidden`, `not_found` or
        `idempotency_key_reused`.
        """
        request = request_key(by, key, new)
        async with self.store.transaction() as transaction:
            publisher = await self.publishers.of(transaction, new.publisher, by)
            earlier = await _earlier(transaction, request)
            if earlier is None:
                earlier = draft(new, publisher, by, self.now())
                await transaction.calls.add(earlier, request)
                await record(transaction, [Change(earlier, CallEvent.CREATED)], by)
        return call_view(earlier, by)

    async def read(self, id: str, reader: Principal) -> Call:
        """Raises ProblemError("not_found")."""
        async with self.store.transaction() as transaction:
            call = await transaction.calls.get(id)
        return call_view(found(call, id), reader)

    async def team(self, id: str, reader: Principal) -> CallTeam:
        """Of a closed call, for its team, its publisher and staff; without names and contacts.

        Raises ProblemError `not_found`, or `contacts_closed` where there is none (for them).
        """
        async with self.store.transaction() as transaction:
            call = await transaction.calls.get(id)
        return team_view(found(call, id), reader)

    async def replace(
        self, id: str, content: CallContent, by: Principal, expected: Expected
    ) -> Call:
        """Raises ProblemError `requirement_in_use` and as `_move`."""
        return await self._move(id, by, expected, lambda call: rewritten(call, content, self.now()))

    async def publish(self, id: str, by: Principal, expected: Expected) -> Call:
        """Raises ProblemError `call_without_requirements`, `deadline_passed` and as `_move`."""
        return await self._move(id, by, expected, lambda call: published(call, self.now()))

    async def close(self, id: str, closing: Closing, by: Principal, expected: Expected) -> Call:
        """Raises ProblemError `call_incomplete` and as `_move`."""
        return await self._move(
            id, by, expected, lambda call: closed(call, closing, by.subject, self.now())
        )

    async def cancel(self, id: str, why: Cancellation, by: Principal, expected: Expected) -> Call:
        """Raises as `_move`."""
        return await self._move(
            id, by, expected, lambda call: cancelled(call, why.remark, by.subject, self.now())
        )

    async def _move(self, id: str, by: Principal, expected: Expected, step: Step) -> Call:
        """Raises ProblemError `not_found`, `forbidden`, `version_required`, `stale_version` or
        `call_state`."""
        async with self.store.transaction() as transaction:
            call = managed(await transaction.calls.lock(id), id, by)
            expected.require(call.version)
            with as_problems():
                change = step(call)
            kept = await transaction.calls.save(change.call)
            met = introduced(kept) if change.event is CallEvent.CLOSED else None
            changes = [replace(change, call=kept), *([met] if met else [])]
            await record(transaction, changes, by)
        return call_view(kept, by)


def draft(new: NewCall, publisher: str | None, by: Principal, now: datetime) -> StoredCall:
    """A call at its first version."""
    return StoredCall(
        id=uuid4().hex,
        content=CallContent(**{name: getattr(new, name) for name in CallContent.model_fields}),
        publisher=publisher,
        state=CallState.DRAFT,
        version=1,
        created_by=by.subject,
        created_at=now,
        updated_at=now,
    )


def found(call: StoredCall | None, id: str) -> StoredCall:
    """Raises ProblemError("not_found")."""
    if call is None:
        raise ProblemError("not_found", what="call", id=id)
    return call


def managed(call: StoredCall | None, id: str, by: Principal) -> StoredCall:
    """Raises ProblemError `not_found` where the reader may not know of it, else `forbidden`."""
    there = found(call, id)
    if not manages(there, by):
        call_view(there, by)
        raise ProblemError("forbidden", reason="this is for the call's publisher and coordinators")
    return there


async def _earlier(transaction: StoreTransaction, request: RequestKey | None) -> StoredCall | None:
    if request is None:
        return None
    try:
        id = await transaction.calls.by_request(request)
    except ValueError as error:
        raise ProblemError("idempotency_key_reused") from error
    return await transaction.calls.get(id) if id else None
