"""Lost and damaged indexes, rebuilds, reconciliation (FAULTS 17)."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from shared.contracts.operations import RebuildPhase
from shared.errors import ProblemError
from tests.support.matcher_bench import MatcherBench, matcher_bench
from tests.support.profiles import profile

pytestmark = pytest.mark.anyio


def maker(number: int) -> dict[str, object]:
    return profile(
        f"Maker {number}",
        capabilities={"c1": f"making part number {number}", "c2": "near-eye displays"},
        needs={"n1": f"材料 {number} 的供应商与合作伙伴"},
    )


async def fill(bench: MatcherBench, count: int = 12) -> None:
    for number in range(count):
        bench.profiles.save(f"o{number}", maker(number))
    await bench.take_in.take_in([f"o{number}" for number in range(count)])


@pytest.mark.parametrize("damage", ["deleted", "scribbled"])
async def test_a_lost_or_damaged_index_comes_back_from_postgresql_without_embedding(
    migrated_database: Callable[[str], str], tmp_path: Path, damage: str
) -> None:
    url, directory = migrated_database("services.matcher"), tmp_path / "index"
    async with matcher_bench(url, directory) as before:
        await fill(before)
        profiles, wanted = before.profiles, before.wanted()
        collection = before.live.current().state.collection
    if damage == "deleted":
        shutil.rmtree(directory)
    else:
        files = [file for file in (directory / collection).rglob("*") if file.is_file()]
        assert files
        for file in files:
            file.write_bytes(b"\x00garbage" * 16)
    async with matcher_bench(url, directory, profiles=profiles) as after:
        assert await after.held() == wanted
        assert after.embedder.encoded == 0


async def test_nothing_answers_while_the_index_is_not_whole(bench: MatcherBench) -> None:
    await fill(bench)
    bench.live.clear()
    with pytest.raises(ProblemError, match="not_ready"):
        bench.live.current()
    with pytest.raises(ProblemError, match="not_ready"):
        await bench.take_in.take_in(["o1", "new"]) if bench.profiles.save("new", maker(9)) else None
    await bench.opening.open()
    await bench.take_in.take_in(["new"])
    assert await bench.held() == bench.wanted()


async def test_a_rebuild_swaps_to_a_collection_with_statistics_of_its_own(
    bench: MatcherBench,
) -> None:
    await fill(bench, 60)
    old = bench.live.current().state
    encoded = bench.embedder.encoded
    result = await bench.rebuild.rebuild()
    state = bench.live.current().state
    assert state.collection == result.collection != old.collection
    assert result.statistics_version == old.statistics_version + 1
    assert bench.live.current().encoder.statistics.means, "fitted on the platform's own vectors"
    assert (result.organisations, result.statements) == (60, 180)
    assert bench.embedder.encoded == encoded, "vectors come from the store"
    assert await bench.held() == bench.wanted()
    assert await bench.indexes.names() == [result.collection]
    bench.profiles.save("late", maker(99))
    await bench.take_in.take_in(["late"])
    assert await bench.held() == bench.wanted()


async def test_a_second_start_opens_the_rebuilt_collection(
    migrated_database: Callable[[str], str], tmp_path: Path
) -> None:
    url = migrated_database("services.matcher")
    async with matcher_bench(url, tmp_path / "index") as before:
        await fill(before, 45)
        result = await before.rebuild.rebuild()
        statistics = before.live.current().encoder.statistics
    async with matcher_bench(url, tmp_path / "index", profiles=before.profiles) as after:
        live = after.live.current()
        assert live.state.collection == result.collection
        assert set(live.encoder.statistics.means) == set(statistics.means)
        assert await after.held() == before.wanted()


async def test_one_rebuild_at_a_time_and_its_progress_is_told(bench: MatcherBench) -> None:
    await fill(bench)
    assert (await bench.rebuild.start()).phase is RebuildPhase.FITTING
    with pytest.raises(ProblemError, match="conflict"):
        await bench.rebuild.start()
    assert bench.rebuild._task is not None
    await bench.rebuild._task
    assert bench.rebuild.progress is not None
    assert bench.rebuild.progress.phase is RebuildPhase.DONE
    assert bench.rebuild.progress.organisations_done == 12


async def test_reconciliation_mends_both_ways(bench: MatcherBench) -> None:
    await fill(bench, 6)
    bench.profiles.save("missed", maker(7))
    bench.profiles.save("o1", maker(8))
    bench.profiles.withdraw("o2")
    bench.profiles.lose("o3")
    found = await bench.reconcile.reconcile()
    assert (found.missing, found.surplus) == (3, 1)
    assert await bench.held() == bench.wanted()
    again = await bench.reconcile.reconcile()
    assert again.mended == 0


async def test_reconciliation_follows_a_truth_that_was_set_back(bench: MatcherBench) -> None:
    bench.profiles.save("a", maker(1))
    old = bench.profiles.stored["a"]
    bench.profiles.save("a", profile("A", needs={"other": "something else altogether"}))
    await bench.take_in.take_in(["a"])
    bench.profiles.stored["a"] = old
    await bench.reconcile.reconcile()
    assert await bench.held() == bench.wanted()
