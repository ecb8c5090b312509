"""Rebuilds that nobody has asked for: erased bytes leave the files, statistics are fitted."""

import struct
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from services.matcher.service.upkeep import KeepIndex, Upkeep
from shared.contracts.organisation import Side
from tests.support.hashing_embedder import HashingEmbedder
from tests.support.matcher_bench import MatcherBench, matcher_bench
from tests.support.profiles import profile

pytestmark = pytest.mark.anyio

SECRET = "a very particular way to anodise titanium hinges"
GONE = "partner-to-be-erased"


def traces(directory: Path) -> list[str]:
    """Files that hold the erased organisation's id or a piece of its vector, in any spelling."""
    vector = HashingEmbedder().encode([SECRET], Side.CAPABILITY)[0]
    piece = [float(value) for value in vector if value][:6]
    patterns = (
        GONE.encode(),
        struct.pack("<6f", *piece),
        b"".join(b"\xfa" + struct.pack(">f", value) for value in piece),
    )
    files = sorted(file for file in directory.rglob("*") if file.is_file())
    held = {file.relative_to(directory).as_posix(): file.read_bytes() for file in files}
    return [name for name, content in held.items() if any(one in content for one in patterns)]


async def fill(bench: MatcherBench, count: int = 8) -> None:
    for number in range(count):
        stated = {"c1": f"making near-eye displays of kind {number}"}
        wanted = {"n1": f"a partner who tests the optics number {number}"}
        bench.profiles.save(
            f"o{number}", profile(f"Maker {number}", capabilities=stated, needs=wanted)
        )
    bench.profiles.save(GONE, profile("Gone", capabilities={"c1": SECRET}))
    await bench.take_in.take_in(list(bench.profiles.stored))


async def erase(bench: MatcherBench) -> None:
    bench.profiles.erase(GONE)
    await bench.take_in.take_in([GONE])


def collections(directory: Path) -> Iterator[str]:
    return (one.name for one in directory.iterdir() if one.is_dir() and one.name[0] != ".")


async def test_what_was_erased_leaves_the_files(
    migrated_database: Callable[[str], str], tmp_path: Path
) -> None:
    url, directory = migrated_database("services.matcher"), tmp_path / "index"
    async with matcher_bench(url, directory) as bench:
        await fill(bench)
        before = bench.live.current().state
        await erase(bench)
        assert await bench.held() == bench.wanted()
        assert traces(directory), "deleted points are still in the files"
        encoded = bench.embedder.encoded

        assert await bench.upkeep.look() is Upkeep.CLEANED

        assert traces(directory) == []
        assert await bench.held() == bench.wanted()
        assert bench.embedder.encoded == encoded
        after = bench.live.current().state
        assert after.collection != before.collection
        assert after.statistics_version == before.statistics_version, "learned weights stay valid"
        assert await bench.upkeep.look() is Upkeep.NOTHING
        profiles, wanted = bench.profiles, bench.wanted()
    async with matcher_bench(url, directory, profiles=profiles) as again:
        assert again.live.current().state.collection == after.collection
        assert list(collections(directory)) == [after.collection]
        assert await again.held() == wanted


async def test_an_erasure_during_the_rebuild_is_cleaned_by_the_next_one(
    bench: MatcherBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fill(bench)
    build = bench.rebuild._build

    async def build_and_erase(new: object) -> int:
        built = await build(new)  # type: ignore[arg-type]
        await erase(bench)
        return built

    monkeypatch.setattr(bench.rebuild, "_build", build_and_erase)
    await bench.rebuild.rebuild(fit=False)
    async with bench.store.transaction() as transaction:
        state = await transaction.index.get()
    assert state
    assert state.erased_at
    assert await bench.held() == bench.wanted()


async def test_cleaning_waits_its_time(bench: MatcherBench) -> None:
    await fill(bench)
    await erase(bench)
    assert await bench.upkeep.look() is Upkeep.CLEANED
    bench.profiles.erase("o1")
    await bench.take_in.take_in(["o1"])
    assert await bench.upkeep.look() is Upkeep.NOTHING
    bench.upkeep._clean_seconds = 0
    assert await bench.upkeep.look() is Upkeep.CLEANED


async def test_statistics_are_fitted_once_there_is_enough(bench: MatcherBench) -> None:
    await fill(bench, 39)
    bench.profiles.erase(GONE)
    await bench.take_in.take_in([GONE])
    assert await bench.upkeep.look() is Upkeep.CLEANED
    bench.profiles.save("o39", profile("Maker 39", capabilities={"c1": "one more kind of display"}))
    await bench.take_in.take_in(["o39"])
    assert await bench.upkeep.look() is Upkeep.FITTED
    live = bench.live.current()
    assert live.state.statistics_version == 1
    assert live.encoder.statistics.means[Side.CAPABILITY, "en"].count == 40
    assert await bench.held() == bench.wanted()
    assert await bench.upkeep.look() is Upkeep.NOTHING, "at most once a day"


async def test_another_model_begins_with_the_shipped_statistics_and_fits_again(
    bench: MatcherBench,
) -> None:
    await fill(bench, 40)
    assert await bench.upkeep.look() is Upkeep.FITTED
    live = bench.live.current()
    bench.live.set(replace(live, state=replace(live.state, statistics_version=0)))
    assert await bench.upkeep.look() is Upkeep.FITTED


async def test_fitting_can_be_switched_off(bench: MatcherBench) -> None:
    await fill(bench, 40)

    async def learn() -> None: ...

    keeping = KeepIndex(bench.store, bench.live, bench.rebuild, learn, fits=False)
    assert await keeping.look() is Upkeep.NOTHING
    assert bench.live.current().state.statistics_version == 0
