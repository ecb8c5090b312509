from collections.abc import AsyncIterator, Callable

import pytest

from tests.support.match_desk import NOW, MatchDesk, match_desk


@pytest.fixture(scope="module")
async def shared_desk(
    migrated_database: Callable[[str], str],
) -> AsyncIterator[MatchDesk]:
    """One database for a module: every test makes its own pairs."""
    async with match_desk(migrated_database("services.matcher")) as desk:
        yield desk


@pytest.fixture
def desk(shared_desk: MatchDesk) -> MatchDesk:
    """With the clock set back."""
    shared_desk.clock.now = NOW
    return shared_desk
