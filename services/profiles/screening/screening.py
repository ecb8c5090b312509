"""Screening statements as they are stored, in the transaction that stores them.

A statement that runs into a rule is stored, and kept from others: refusing the save would throw
away the member's other statements with it, and would leave nothing to appeal about.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Protocol, runtime_checkable
from uuid import uuid4

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from services.profiles.domain.flags import (
    Flag,
    FlagChange,
    Found,
    after_screening,
    forgotten,
    held_statements,
    screened_text,
    statement_digest,
    statements_of,
)
from services.profiles.domain.stored import OrganisationState
from services.profiles.schema import outbox
from services.profiles.screening.audit_store import AuditStore
from services.profiles.screening.flag_store import FlagStore
from services.profiles.screening.progress_store import ProgressStore
from services.profiles.storage import lost_race
from shared.contracts.organisation import OrganisationProfile, Status
from shared.contracts.screening import (
    POLICY_FLAG_CHANGED,
    FlagState,
    FoundBy,
    PolicyFlagChanged,
)
from shared.http.request_id import current_request_id
from shared.outbox import OutboxEvent, append_events
from shared.screening.find import find
from shared.screening.rules import RuleBook

COMPARED_AFTER = timedelta(seconds=5)
"""Usually the matcher has embedded the statements by then, and need not do it for this."""
_LONG = 20_000
"""Characters; more are read in a thread, so that other requests go on."""


class Screening:
    """Applies one version of the rules."""

    def __init__(
        self, book: RuleBook, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self.book = book
        self.now = now

    async def found(self, profile: OrganisationProfile) -> tuple[Found, ...]:
        """What the patterns find."""
        size = sum(len(one.text) for _, one in statements_of(profile))
        if size > _LONG:
            return await asyncio.to_thread(patterns_find, profile, self.book)
        return patterns_find(profile, self.book)

    async def screened(
        self, store: object, states: Sequence[OrganisationState]
    ) -> list[OrganisationState]:
        """The states to store, with what is held of them; their flags are written.

        Withdrawn ones are as they were: they are screened when they come back.
        """
        connection = connection_of(store)
        active = [one for one in states if one.status is Status.ACTIVE and one.profile]
        if not active:
            return list(states)
        ids = [one.id for one in active]
        await FlagStore(connection).lock_organisations(ids)
        known = await FlagStore(connection).of(ids)
        changes: list[FlagChange] = []
        held: dict[str, frozenset[str]] = {}
        for state in active:
            flags = known.get(state.id, [])
            own = await self._changes(state, flags)
            changes += own
            held[state.id] = held_statements(with_changes(flags, own))
        await write_changes(connection, changes)
        await ProgressStore(connection).screened(
            ids, self.book.version, self.now() + COMPARED_AFTER
        )
        return [replace(one, held=held.get(one.id, one.held)) for one in states]

    async def forget(self, store: object, organisation: str) -> None:
        """An erasure: flags lose their words, nothing is left to screen."""
        connection = connection_of(store)
        flags = (await FlagStore(connection).of([organisation])).get(organisation, [])
        await write_changes(connection, [forgotten(flag, self.now()) for flag in flags])
        await ProgressStore(connection).forget(organisation)

    async def _changes(self, state: OrganisationState, flags: Sequence[Flag]) -> list[FlagChange]:
        assert state.profile is not None
        found = await self.found(state.profile)
        if not (found or flags):
            return []
        digests = digests_of(state.profile)
        return after_screening(state.id, flags, found, digests, FoundBy.PATTERN, self.now())


@runtime_checkable
class _WithConnection(Protocol):
    connection: AsyncConnection


def connection_of(store: object) -> AsyncConnection:
    """The transaction that an organisation store works in."""
    assert isinstance(store, _WithConnection)
    return store.connection


def patterns_find(profile: OrganisationProfile, book: RuleBook) -> tuple[Found, ...]:
    """Every statement read by every rule."""
    return tuple(
        Found(
            statement=statement.id,
            side=side,
            digest=statement_digest(statement),
            rule=match.rule.id,
            edition=match.rule.told.edition,
            severity=match.rule.told.severity,
            by=FoundBy.PATTERN,
            spans=_within(match.spans, len(statement.text)),
        )
        for side, statement in statements_of(profile)
        for match in find(screened_text(statement), book)
    )


def digests_of(profile: OrganisationProfile) -> dict[str, str]:
    """Of the statements as they are, by id."""
    return {one.id: statement_digest(one) for _, one in statements_of(profile)}


def with_changes(flags: Sequence[Flag], changes: Sequence[FlagChange]) -> list[Flag]:
    """The flags as they are after the changes."""
    changed = {change.flag.id: change.flag for change in changes}
    kept = [changed.pop(flag.id, flag) for flag in flags]
    return [*kept, *changed.values()]


async def write_changes(connection: AsyncConnection, changes: Sequence[FlagChange]) -> None:
    """Flags, audit trail and events, all in the caller's transaction."""
    try:
        await FlagStore(connection).write([change.flag for change in changes])
    except DBAPIError as error:  # two first versions of one organisation at once
        raise lost_race(error) or error from error
    await AuditStore(connection).append([_audited(change) for change in changes])
    await append_events(connection, outbox, [_event(change.flag) for change in changes])


def _audited(change: FlagChange) -> Mapping[str, str | int | None]:
    """No words: an erasure must be able to take them back."""
    flag = change.flag
    return {
        "flag": flag.id,
        "version": flag.version,
        "organisation": flag.organisation,
        "statement": flag.found.statement,
        "rule": flag.found.rule,
        "edition": flag.found.edition,
        "action": change.action.value,
        "state": flag.state.value,
        "by": change.by,
        "at": flag.changed_at.astimezone(UTC).isoformat(),
    }


def _event(flag: Flag) -> OutboxEvent:
    event = PolicyFlagChanged(
        event_id=str(uuid4()),
        flag_id=flag.id,
        version=flag.version,
        organisation_id=flag.organisation,
        severity=flag.found.severity,
        state=FlagState(flag.state),
        occurred_at=flag.changed_at,
        request_id=current_request_id(),
    )
    return OutboxEvent(
        event_id=event.event_id,
        subject=POLICY_FLAG_CHANGED,
        payload=event.model_dump(mode="json"),
        request_id=event.request_id,
    )


def _within(spans: Sequence[tuple[int, int]], length: int) -> tuple[tuple[int, int], ...]:
    """Places in the statement's text; what was found in its facets has none."""
    return tuple((start, min(end, length)) for start, end in spans if start < length)
