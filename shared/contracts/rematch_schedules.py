"""Rematch jobs that begin by themselves.

Public routes (roles coordinator, batch, operator):
POST /v1/rematch-schedules (Idempotency-Key), GET /v1/rematch-schedules,
GET /v1/rematch-schedules/{schedule_id} (ETag), PUT and DELETE of the same (If-Match).
"""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import StringConstraints

from shared.contracts.base import Contract, Line
from shared.contracts.rematch import JobId, RematchRequest

Cron = Annotated[str, StringConstraints(min_length=9, max_length=120, strip_whitespace=True)]
"""Five fields: minute, hour, day of the month, month, day of the week."""
TimeZone = Annotated[str, StringConstraints(min_length=1, max_length=64)]
"""A name of the IANA database, such as Asia/Shanghai."""


class NewRematchSchedule(Contract):
    """The body of POST and PUT."""

    name: Line
    cron: Cron
    time_zone: TimeZone = "Asia/Shanghai"
    job: RematchRequest = RematchRequest()
    enabled: bool = True


class FiringOutcome(StrEnum):
    """What became of a due time."""

    STARTED = "started"
    SKIPPED = "skipped"
    """The same scope was running still, or the index was being rebuilt; the problem says which."""


class Firing(Contract):
    """The last due time."""

    due_at: datetime
    outcome: FiringOutcome
    job: JobId | None = None
    problem: str | None = None
    """A code of the problem catalogue."""


class RematchSchedule(NewRematchSchedule):
    """A schedule as it stands."""

    id: JobId
    version: int
    next_at: datetime | None = None
    """None while it is off."""
    last: Firing | None = None
    created_by: str
    created_at: datetime
    updated_at: datetime


class RematchSchedulePage(Contract):
    """By name."""

    items: tuple[RematchSchedule, ...]
    next_cursor: str | None = None
