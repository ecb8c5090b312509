"""The audit row and the event of a step, in its transaction."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from services.matcher.domain.matches.moves import Moved
from services.matcher.domain.matches.states import Mover
from services.matcher.domain.matches.stored import StoredMatch
from services.matcher.store import StoreTransaction
from shared.audit_entries import Details, NewAuditEntry
from shared.contracts.matches import MATCH_CHANGED, MatchChange, MatchChanged
from shared.contracts.principal import Principal, Role
from shared.http.request_id import current_request_id
from shared.outbox import OutboxEvent

PLATFORM = Principal(subject="platform", role=Role.SERVICE)
"""In whose name things happen by themselves."""
SUBJECT_KIND = "match"


def mover_of(by: Principal) -> Mover:
    """As the table of states knows them."""
    if by.role is Role.MEMBER:
        return Mover.MEMBER
    return Mover.PLATFORM if by.role in (Role.SERVICE, Role.BATCH) else Mover.COORDINATOR


async def record(
    transaction: StoreTransaction, steps: Sequence[Moved], by: Principal, *, told: bool = True
) -> None:
    """The last thing of a transaction: it holds the trail's end. `told` False makes no events."""
    if told:
        await transaction.events.append([_event(step) for step in steps])
    await transaction.audit.append(
        [entry(step.match, step.change, by, step.match.updated_at, step.audited) for step in steps]
    )


def entry(
    match: StoredMatch, change: MatchChange, by: Principal, at: datetime, details: Details
) -> NewAuditEntry:
    """A row about a match."""
    return NewAuditEntry(
        at=at,
        actor=by.subject,
        role=by.role.value,
        action=change.value,
        subject_kind=SUBJECT_KIND,
        subject=match.id,
        request_id=current_request_id(),
        details={"first": match.pair.first, "second": match.pair.second, **details},
    )


def _event(step: Moved) -> OutboxEvent:
    match = step.match
    event = MatchChanged(
        event_id=str(uuid4()),
        match_id=match.id,
        version=match.version,
        change=step.change,
        state=match.state,
        organisations=(match.pair.first, match.pair.second),
        occurred_at=match.updated_at,
        request_id=current_request_id(),
    )
    return OutboxEvent(
        event_id=event.event_id,
        subject=MATCH_CHANGED,
        payload=event.model_dump(mode="json"),
        request_id=event.request_id,
    )
