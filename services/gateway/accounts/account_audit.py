"""Who gave whom which rights: the trail of accounts and API keys, like those of the services."""

from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from services.gateway.rights import require_role
from services.gateway.schema import account_audit, account_audit_head
from shared.audit_entries import AuditFilter, Details, NewAuditEntry
from shared.audit_findings import LinkedEntry
from shared.audit_trail import AuditTrail
from shared.audit_verifying import PORTION, verified
from shared.contracts.accounts import Person
from shared.contracts.audit import AuditPage, AuditVerification
from shared.contracts.match_queries import AuditQuery
from shared.contracts.principal import Principal, Role
from shared.contracts.problems import FieldProblem
from shared.db import Database
from shared.errors import ProblemError
from shared.http.request_id import current_request_id

PLATFORM = Principal(subject="platform", role=Role.SERVICE)
"""Acts where nobody does."""


async def note(
    connection: AsyncConnection, by: Principal, action: str, person: Person, **details: str | None
) -> None:
    """Something was done to an account; in the transaction that does it, and last there.

    What the account may do after it goes with it.
    """
    rights: Details = {"role": person.role.value, "organisation": person.organisation}
    await note_of(connection, by, action, "account", person.subject, {**rights, **details})


async def note_of(
    connection: AsyncConnection,
    by: Principal,
    action: str,
    kind: str,
    subject: str,
    details: Details,
) -> None:
    """The same of another subject: codes and ids, never names, addresses or free text."""
    entry = NewAuditEntry(
        at=datetime.now(UTC),
        actor=by.subject,
        role=by.role.value,
        action=action,
        subject_kind=kind,
        subject=subject,
        request_id=current_request_id(),
        details=details,
    )
    await _trail(connection).append([entry])


class AccountAudit:
    """Reading it, for coordinators and operators."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def page(self, query: AuditQuery, reader: Principal) -> AuditPage:
        """Newest first. Raises ProblemError `role_required`, or `invalid_request` for a cursor of
        another list."""
        require_role(reader, Role.COORDINATOR, Role.OPERATOR)
        wanted = AuditFilter(
            query.subject_kind, query.subject, query.actor, query.action, query.since
        )
        async with self._database.reading() as connection:
            found = await _trail(connection).page(
                wanted, before=_place(query.cursor), limit=query.limit + 1
            )
        items = tuple(found[: query.limit])
        more = str(items[-1].seq) if len(found) > query.limit else None
        return AuditPage(items=items, next_cursor=more)

    async def verify(self, anchor: str | None, reader: Principal) -> AuditVerification:
        """Whether it is what was written. Raises ProblemError("role_required")."""
        require_role(reader, Role.COORDINATOR, Role.OPERATOR)

        async def read_on(after: int) -> list[LinkedEntry]:
            async with self._database.reading() as connection:
                return await _trail(connection).linked(after=after, limit=PORTION)

        async with self._database.reading() as connection:
            kept = await _trail(connection).head()
        return await verified(kept, anchor, read_on)


def _trail(connection: AsyncConnection) -> AuditTrail:
    return AuditTrail(account_audit, account_audit_head, connection)


def _place(cursor: str | None) -> int | None:
    if cursor is None:
        return None
    if not (cursor.isdecimal() and len(cursor) < 18):
        problem = FieldProblem(
            field="cursor", problem="is not one of this list", mend="leave it out to begin anew"
        )
        raise ProblemError("invalid_request", fields=[problem])
    return int(cursor)
