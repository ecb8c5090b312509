from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from tests.support.matcher_bench import MatcherBench, matcher_bench


@pytest.fixture
async def bench(
    migrated_database: Callable[[str], str], tmp_path: Path
) -> AsyncIterator[MatcherBench]:
    async with matcher_bench(migrated_database("services.matcher"), tmp_path / "index") as bench:
        yield bench
