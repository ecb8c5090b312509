from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import sqlalchemy as sa
import structlog

from tests.support.profiles_service import ProfilesUnderTest, running_profiles


@pytest.fixture(scope="session", autouse=True)
def short_logs() -> None:
    """Tracebacks drawn with all their locals take longer than the tests."""
    plain = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[structlog.contextvars.merge_contextvars, plain])


@pytest.fixture
async def profiles(migrated_database: Callable[[str], str]) -> AsyncIterator[ProfilesUnderTest]:
    """The service over a fresh database, with no bus."""
    async with running_profiles(migrated_database("services.profiles")) as running:
        yield running


@pytest.fixture
def outbox_of(profiles: ProfilesUnderTest) -> Callable[[], Awaitable[list[dict[str, object]]]]:
    """The payloads of the outbox, oldest first."""

    async def read() -> list[dict[str, object]]:
        async with profiles.process.database.reading() as connection:
            query = sa.text("select payload from outbox order by id")
            return [row.payload for row in await connection.execute(query)]

    return read
