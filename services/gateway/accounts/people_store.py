"""People in PostgreSQL. Writes take a connection, so that several go into one transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.gateway.accounts.tables import people
from shared.contracts.accounts import Person
from shared.contracts.principal import Role


@dataclass(frozen=True)
class PeopleFilter:
    """Which people."""

    role: Role | None = None
    organisation: str | None = None
    waiting: bool | None = None
    """Those who have asked to speak for an organisation."""
    text: str | None = None


async def by_email(connection: AsyncConnection, email: str) -> Person | None:
    """The account with this address."""
    return await _one(connection, people.c.email == email)


async def by_subject(connection: AsyncConnection, subject: str) -> Person | None:
    """The account that tokens name so."""
    return await _one(connection, people.c.subject == subject)


async def by_id(connection: AsyncConnection, person_id: UUID) -> Person | None:
    """The account with this id."""
    return await _one(connection, people.c.id == person_id)


async def named(connection: AsyncConnection, subjects: frozenset[str]) -> dict[str, Person]:
    """Accounts by subject; those that are not there are left out."""
    if not subjects:
        return {}
    rows = await connection.execute(sa.select(people).where(people.c.subject.in_(subjects)))
    return {row["subject"]: _person(row) for row in rows.mappings()}


async def add(connection: AsyncConnection, person: Person) -> bool:
    """Keep a new account; False where e-mail or subject are taken (by another request just now)."""
    values = {**person.model_dump(), "role": person.role.value}
    statement = insert(people).values(**values).on_conflict_do_nothing().returning(people.c.id)
    return (await connection.execute(statement)).one_or_none() is not None


async def change(
    connection: AsyncConnection, person_id: UUID, expected: int | None, **values: object
) -> Person | None:
    """The changed account; None where it is gone or another has changed it since `expected`."""
    which = people.c.id == person_id
    if expected is not None:
        which = which & (people.c.version == expected)
    changed = {**values, "version": people.c.version + 1}
    statement = people.update().where(which).values(**changed).returning(*people.c)
    row = (await connection.execute(statement)).mappings().one_or_none()
    return None if row is None else _person(row)


async def note_login(connection: AsyncConnection, person_id: UUID, moment: datetime) -> None:
    """Keep when this person came in last; no change of the account itself."""
    await connection.execute(
        people.update().where(people.c.id == person_id).values(last_login_at=moment)
    )


async def page(
    connection: AsyncConnection, which: PeopleFilter, *, limit: int, after: str | None
) -> list[Person]:
    """By e-mail."""
    query = sa.select(people).order_by(people.c.email).limit(limit)
    if which.role:
        query = query.where(people.c.role == which.role.value)
    if which.organisation:
        query = query.where(people.c.organisation == which.organisation)
    if which.waiting is not None:
        query = query.where(people.c.wanted_organisation.is_not(None) == which.waiting)
    if which.text:
        found = [c.icontains(which.text, autoescape=True) for c in (people.c.email, people.c.name)]
        query = query.where(sa.or_(*found))
    if after:
        query = query.where(people.c.email > after)
    return [_person(row) for row in (await connection.execute(query)).mappings()]


async def speaks_for_count(connection: AsyncConnection, organisation: str) -> int:
    """How many people speak for an organisation."""
    query = sa.select(sa.func.count()).where(people.c.organisation == organisation)
    return int((await connection.execute(query)).scalar_one())


async def _one(connection: AsyncConnection, which: sa.ColumnElement[bool]) -> Person | None:
    row = (await connection.execute(sa.select(people).where(which))).mappings().one_or_none()
    return None if row is None else _person(row)


def _person(row: Any) -> Person:
    return Person.model_validate(dict(row))
