"""Damage and swaps that a running process meets."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import structlog

from services.matcher.index.edge_collections import EdgeVectorIndexes
from services.matcher.index_hits import Hits
from services.matcher.loops import open_index, watch_index
from services.matcher.ports import IndexDamagedError, IndexQuery, VectorIndex
from shared.background import BackgroundLoops
from shared.contracts.organisation import Side
from shared.contracts.principal import Principal, Role
from shared.contracts.suggestions import SearchRequest
from shared.errors import ProblemError
from tests.support.matcher_bench import MatcherBench, matcher_bench
from tests.support.profiles import profile

pytestmark = pytest.mark.anyio

COORDINATOR = Principal(subject="c", role=Role.COORDINATOR)
ASKED = SearchRequest(text="near-eye displays")


class Broken:
    """Its files were damaged under it: queries find out, the look at the files does not."""

    def __init__(self, index: VectorIndex) -> None:
        self._index = index

    async def query(self, queries: Sequence[IndexQuery]) -> list[Hits]:
        raise IndexDamagedError("a panic of the engine")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._index, name)


async def fill(bench: MatcherBench) -> None:
    for number in range(5):
        stated = {"c1": f"near-eye displays, make {number}"}
        bench.profiles.save(f"o{number}", profile(f"Maker {number}", capabilities=stated))
    await bench.take_in.take_in(list(bench.profiles.stored))


def break_index(bench: MatcherBench) -> None:
    live = bench.live.current()
    index: Any = Broken(live.index._index)  # type: ignore[attr-defined]
    bench.live.set(replace(live, index=index))


@asynccontextmanager
async def watched(bench: MatcherBench) -> AsyncIterator[None]:
    loops = BackgroundLoops()
    loops.start("watch", lambda: watch_index(bench.live, bench.opening, bench.reconcile, 0))
    try:
        yield
    finally:
        await loops.stop()


async def test_a_query_that_meets_damage_is_told_not_ready_and_the_index_comes_back(
    bench: MatcherBench,
) -> None:
    await fill(bench)
    async with watched(bench):
        break_index(bench)
        with pytest.raises(ProblemError, match="not_ready") as raised:
            await bench.search.search(ASKED, COORDINATOR)
        assert raised.value.status == 503
        async with asyncio.timeout(10):
            while not bench.live.ready:
                await asyncio.sleep(0.01)
        assert len((await bench.search.search(ASKED, COORDINATOR)).items) == 5
    assert await bench.held() == bench.wanted()
    assert bench.embedder.encoded == 5 + 2, "nothing is embedded again but the question"


async def test_damage_met_by_a_late_request_of_a_replaced_index_changes_nothing(
    bench: MatcherBench,
) -> None:
    await fill(bench)
    whole = bench.live.current()
    break_index(bench)
    broken = bench.live.current().index
    bench.live.set(whole)
    with pytest.raises(ProblemError, match="not_ready"):
        await broken.query([])
    assert bench.live.ready


async def test_a_process_follows_the_swap_of_another(bench: MatcherBench) -> None:
    await fill(bench)
    old = bench.live.current()
    await bench.rebuild.rebuild()
    new = bench.live.current().state
    bench.live.set(old)
    bench.profiles.save("late", profile("Late", needs={"n1": "a partner for eye tracking"}))
    with pytest.raises(ProblemError, match="not_ready"):
        await bench.take_in.take_in(["late"])
    await bench.opening.follow()
    assert bench.live.current().state.collection == new.collection
    await bench.take_in.take_in(["late"])
    assert await bench.held() == bench.wanted()


async def test_vectors_that_a_crash_has_left_are_swept(bench: MatcherBench) -> None:
    await fill(bench)
    await bench.live.current().encoder.embedder.embed([("of a crash", Side.NEED)])
    assert len(await bench.embeddings.page(after=None, limit=10)) == 6
    await bench.reconcile.reconcile()
    assert len(await bench.embeddings.page(after=None, limit=10)) == 5


async def test_what_is_being_taken_in_is_not_swept(bench: MatcherBench) -> None:
    bench.profiles.save("a", profile("A", needs={"n1": "a partner for eye tracking"}))
    sweeping = bench.live.current().encoder

    async def warm_and_sweep(statements: Any) -> None:
        await type(sweeping).warm(sweeping, statements)
        await bench.reconcile._unused.sweep(bench.store)

    sweeping.warm = warm_and_sweep  # type: ignore[method-assign]
    await bench.take_in.take_in(["a"])
    assert bench.embedder.encoded == 1


async def test_an_index_in_use_is_said_once_and_waited_for(
    migrated_database: Callable[[str], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.matcher.loops._IN_USE_SECONDS", 0.05)
    holder = EdgeVectorIndexes(tmp_path / "index", minimum_free_bytes=0)
    await holder.open("c1", 4)
    async with matcher_bench(
        migrated_database("services.matcher"), tmp_path / "index", opened=False
    ) as bench:
        with structlog.testing.capture_logs() as logs:
            opening = asyncio.create_task(open_index(bench.opening))
            await asyncio.sleep(0.3)
            assert not opening.done()
            await holder.close()
            await asyncio.wait_for(opening, 10)
    said = [line for line in logs if line["event"] == "index_in_use"]
    assert len(said) == 1
    assert "stop that matcher first" in said[0]["reason"]
