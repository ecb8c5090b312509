from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from tests.support.matcher_bench import MatcherBench, matcher_bench
from tests.support.memory_folder import memory_folder


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """The index syncs its files at every write."""
    with memory_folder() as folder:
        yield folder


@pytest.fixture
async def bench(
    migrated_database: Callable[[str], str], tmp_path: Path
) -> AsyncIterator[MatcherBench]:
    async with matcher_bench(migrated_database("services.matcher"), tmp_path / "index") as bench:
        yield bench
