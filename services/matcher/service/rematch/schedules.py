"""Schedules: kept, changed by compare-and-set, and read with what last came of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any
from uuid import uuid4

from services.matcher.domain.rematch.stored import StoredFiring, StoredSchedule
from services.matcher.service.cursors import read_pair_cursor, write_pair_cursor
from services.matcher.service.rematch.cron import next_due
from services.matcher.store import MatcherStore, StoreTransaction
from shared.contracts.principal import Principal
from shared.contracts.rematch_schedules import (
    Firing,
    FiringOutcome,
    NewRematchSchedule,
    RematchSchedule,
    RematchSchedulePage,
)
from shared.errors import ProblemError


@dataclass(frozen=True)
class KeepSchedules:
    """What people do with schedules."""

    store: MatcherStore

    async def create(
        self, wanted: NewRematchSchedule, by: Principal, key: str | None
    ) -> RematchSchedule:
        """Raises ProblemError `schedule_never_fires`, `invalid_request`, or
        `idempotency_key_reused`."""
        now = datetime.now(UTC)
        due = next_due(wanted.cron, wanted.time_zone, now)
        new = StoredSchedule(
            id=uuid4().hex,
            version=1,
            **_said(wanted, due),
            created_by=by.subject,
            request_key=key,
            created_at=now,
            updated_at=now,
        )
        async with self.store.transaction() as transaction:
            return await _created(transaction, new)

    async def get(self, id: str) -> RematchSchedule:
        """Raises ProblemError("not_found")."""
        async with self.store.transaction() as transaction:
            return await _shown(transaction, await _known(transaction, id))

    async def page(self, *, cursor: str | None, limit: int) -> RematchSchedulePage:
        """By name. Raises ProblemError("invalid_request") for a cursor of another list."""
        after = read_pair_cursor(cursor)
        async with self.store.transaction() as transaction:
            found = await transaction.rematch.schedules.page(after=after, limit=limit + 1)
            last = await transaction.rematch.schedules.last([one.id for one in found])
        end = found[limit - 1] if len(found) > limit else None
        return RematchSchedulePage(
            items=tuple(as_contract(one, last.get(one.id)) for one in found[:limit]),
            next_cursor=write_pair_cursor((end.name, end.id) if end else None),
        )

    async def change(
        self, id: str, wanted: NewRematchSchedule, expected: Callable[[int], None]
    ) -> RematchSchedule:
        """Raises ProblemError `not_found`, `stale_version`, and what `create` raises."""
        now = datetime.now(UTC)
        due = next_due(wanted.cron, wanted.time_zone, now)
        async with self.store.transaction() as transaction:
            old = await _known(transaction, id, expected)
            new = replace(old, version=old.version + 1, updated_at=now, **_said(wanted, due))
            new = replace(new, request=old.request)
            await transaction.rematch.schedules.put(new)
            return await _shown(transaction, new)

    async def remove(self, id: str, expected: Callable[[int], None]) -> None:
        """Raises ProblemError `not_found` or `stale_version`."""
        async with self.store.transaction() as transaction:
            await _known(transaction, id, expected)
            await transaction.rematch.schedules.remove(id)


async def _created(transaction: StoreTransaction, new: StoredSchedule) -> RematchSchedule:
    schedules = transaction.rematch.schedules
    if new.request_key:
        await transaction.rematch.jobs.claim(f"schedule {new.created_by}\n{new.request_key}")
        earlier = await schedules.by_request(new.created_by, new.request_key)
        if earlier and earlier.request != new.request:
            raise ProblemError("idempotency_key_reused")
        if earlier:
            return await _shown(transaction, earlier)
    await schedules.add(new)
    return as_contract(new, None)


async def _known(
    transaction: StoreTransaction, id: str, expected: Callable[[int], None] | None = None
) -> StoredSchedule:
    """Locked where it is to be changed; `expected` raises for a version that was not read."""
    found = await transaction.rematch.schedules.get(id, lock=expected is not None)
    if found is None:
        raise ProblemError("not_found", what="rematch schedule", id=id)
    if expected:
        expected(found.version)
    return found


async def _shown(transaction: StoreTransaction, schedule: StoredSchedule) -> RematchSchedule:
    last = await transaction.rematch.schedules.last([schedule.id])
    return as_contract(schedule, last.get(schedule.id))


def as_contract(schedule: StoredSchedule, last: StoredFiring | None) -> RematchSchedule:
    """What readers get."""
    return RematchSchedule(
        id=schedule.id,
        version=schedule.version,
        name=schedule.name,
        cron=schedule.cron,
        time_zone=schedule.time_zone,
        job=schedule.job,
        enabled=schedule.enabled,
        next_at=schedule.next_at,
        last=_firing(last) if last else None,
        created_by=schedule.created_by,
        created_at=schedule.created_at,
        updated_at=schedule.updated_at,
    )


def _firing(firing: StoredFiring) -> Firing:
    return Firing(
        due_at=firing.due_at,
        outcome=FiringOutcome(firing.outcome),
        job=firing.job,
        problem=firing.problem,
    )


_FIELDS: Sequence[str] = ("name", "cron", "time_zone", "job", "enabled")


def _said(wanted: NewRematchSchedule, due: datetime) -> dict[str, Any]:
    digest = blake2b(wanted.model_dump_json().encode(), digest_size=16).hexdigest()
    fields = {name: getattr(wanted, name) for name in _FIELDS}
    return {**fields, "next_at": due if wanted.enabled else None, "request": digest}
