"""How a person wants to be called."""

from services.gateway.accounts import people_store as store
from shared.contracts.accounts import Person
from shared.db import Database


async def call_oneself(database: Database, person: Person, name: str) -> None:
    """Keep the name; messages, the audit trail and colleagues show it."""
    if name == person.name:
        return
    async with database.transaction() as connection:
        await store.change(connection, person.id, None, name=name)
