"""A small platform in PostgreSQL, and a moment of it without its index."""

from collections.abc import AsyncIterator, Callable

import pytest

from tests.support.matcher_bench import MatcherBench, matcher_bench
from tests.support.memory_folder import memory_folder
from tests.support.profiles import profile

LENSES, ROPES = "grinding of aspheric lenses", "testing of steel ropes"


@pytest.fixture(scope="module")
async def bench(migrated_database: Callable[[str], str]) -> AsyncIterator[MatcherBench]:
    with memory_folder() as folder:
        url = migrated_database("services.matcher")
        async with matcher_bench(url, folder / "index") as bench:
            save = bench.profiles.save
            save("north", profile("North", capabilities={"c": ROPES}, needs={"n": LENSES}))
            save("south", profile("South", capabilities={"c": LENSES}, needs={"n": ROPES}))
            save("onesided", profile("One-sided", capabilities={"c": LENSES}))
            save("likewise", profile("Likewise", capabilities={"c": f"{LENSES} and mirrors"}))
            save("late", profile("Late", capabilities={"c": LENSES}))
            save("silent", profile("Silent"))
            for number in range(12):
                other = f"whale song archives of polar sea number {number}"
                save(f"other{number}", profile("Other", capabilities={"c": other}))
            bench.profiles.withdraw("late")
            await bench.take_in.take_in(sorted(bench.profiles.stored))
            yield bench
