"""What an organisation is to be reminded of: an old profile, statements past or near their date.

Pure. Each reminder has a key, so that it comes once: again for a profile that stays old, and for a
statement that gets another date.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from services.gateway.messages.notes import Note
from services.gateway.messages.owners import of_organisation
from shared.contracts.messages import About, MessageKind
from shared.contracts.organisation import Organisation, Statement, Status


@dataclass(frozen=True)
class Patience:
    """In days."""

    old_after: int = 180
    """When a profile counts as old."""
    again_after: int = 90
    ahead: int = 14
    """How long before a statement's end it is reminded of."""


@dataclass(frozen=True)
class Reminder:
    """One thing to be reminded of; those of one kind make one message."""

    key: str
    kind: MessageKind
    organisation: str
    statement: str | None
    on: date


def reminders_for(
    organisation: Organisation, today: date, patience: Patience
) -> Iterator[Reminder]:
    """Everything that is due, whether it was told or not."""
    if organisation.status is not Status.ACTIVE:
        return
    since = organisation.updated_at.date()
    late = (today - since).days - patience.old_after
    if late >= 0:
        key = f"stale:{organisation.id}:{since}:{late // patience.again_after}"
        yield Reminder(key, MessageKind.PROFILE_STALE, organisation.id, None, since)
    for statement in (*organisation.capabilities, *organisation.needs):
        if statement.valid_until:
            yield from _for_statement(
                organisation.id, statement, statement.valid_until, today, patience
            )


def _for_statement(
    organisation: str, statement: Statement, end: date, today: date, patience: Patience
) -> Iterator[Reminder]:
    left = (end - today).days
    if left > patience.ahead:
        return
    kind = MessageKind.STATEMENTS_EXPIRING if left >= 0 else MessageKind.STATEMENTS_EXPIRED
    key = f"{kind.value}:{organisation}:{statement.id}:{end}"
    yield Reminder(key, kind, organisation, statement.id, end)


def note_of(reminders: Sequence[Reminder], today: date) -> Note:
    """One message for reminders of one organisation and kind."""
    first = min(reminders, key=lambda one: one.on)
    statements = tuple(one.statement for one in reminders if one.statement)
    about = About(on=first.on.isoformat(), statements=statements, count=len(reminders))
    dedup = f"reminder:{first.kind.value}:{today}:{first.key}"
    return Note(of_organisation(first.organisation), first.kind, dedup, about)
