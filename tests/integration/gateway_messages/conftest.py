"""Messages over a real database; the moment is set by the test."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from services.gateway.accounts.tables import people
from services.gateway.messages.notes import News, Note
from services.gateway.messages.preferences import Preferences
from services.gateway.messages.publishing import Publishing
from services.gateway.messages.tables import ALL
from shared.contracts.messages import About, MessageKind, NamedOrganisation, NotificationChoices
from shared.contracts.organisation import Names
from shared.contracts.principal import Principal, Role
from shared.db import Database

MATCH = "0" * 32


@dataclass
class Desk:
    """The parts that most tests use."""

    database: Database
    moment: datetime = datetime(2026, 11, 23, 4, tzinfo=UTC)  # a Monday, noon in Nanjing
    publishing: Publishing = field(init=False)

    def __post_init__(self) -> None:
        self.publishing = Publishing(self.database, mail_is_sent=True, now=self.now)

    def now(self) -> datetime:
        return self.moment

    def later(self, **period: float) -> None:
        self.moment += timedelta(**period)

    async def tell(
        self, recipient: str, kind: MessageKind = MessageKind.MATCH_ASKED, dedup: str = "1"
    ) -> None:
        other = NamedOrganisation(id="b", names=Names(zh="贝塔", en="Beta"))
        note = Note(recipient, kind, dedup, About(match_id=MATCH, organisation=other, count=2))
        await self.publishing.publish([News(notes=(note,))])

    async def rows(self, table: sa.Table) -> list[Any]:
        async with self.database.reading() as connection:
            return list((await connection.execute(sa.select(table))).mappings())

    async def person(self, subject: str, **changes: object) -> None:
        values = {
            "id": sa.func.gen_random_uuid(),
            "subject": subject,
            "email": f"{subject}@example.org",
            "name": subject,
            "role": "member",
            "organisation": "a",
            "created_at": self.moment,
            "version": 1,
            **changes,
        }
        async with self.database.transaction() as connection:
            await connection.execute(people.insert().values(**values))

    async def choose(self, reader: Principal, **choices: Any) -> None:
        preferences = Preferences(self.database, mail_is_sent=True, now=self.now)
        await preferences.choose(NotificationChoices(**choices), reader)


def member(organisation: str, subject: str = "") -> Principal:
    return Principal(
        subject=subject or f"member:{organisation}", role=Role.MEMBER, organisation=organisation
    )


COORDINATOR = Principal(subject="chen", role=Role.COORDINATOR)


@pytest.fixture(scope="module")
def messages_database(migrated_database: Callable[[str], str]) -> str:
    return migrated_database("services.gateway")


@pytest.fixture
async def desk(messages_database: str) -> AsyncIterator[Desk]:
    database = Database(messages_database, pool_size=3)
    async with database.transaction() as connection:
        names = ", ".join(table.name for table in (*ALL, people))
        await connection.execute(sa.text(f"truncate {names} restart identity cascade"))
    yield Desk(database)
    await database.close()
