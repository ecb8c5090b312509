"""Accounts whose organisation is erased: they speak for nobody, and may found or join another."""

import sqlalchemy as sa

from services.gateway.accounts.account_audit import PLATFORM, note_of
from services.gateway.accounts.tables import people
from shared.audit_entries import Details
from shared.db import Database


async def leave_erased(database: Database, organisation: str) -> None:
    """All who spoke for it."""
    changed = people.update().where(people.c.organisation == organisation)
    values = {"organisation": sa.null(), "version": people.c.version + 1}
    async with database.transaction() as connection:
        left = (await connection.execute(changed.values(**values))).rowcount
        details: Details = {"accounts": left}
        await note_of(connection, PLATFORM, "erased", "organisation", organisation, details)
