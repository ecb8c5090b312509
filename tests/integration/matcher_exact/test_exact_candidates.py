"""Candidates come from stored profiles and stored vectors, without the index."""

from collections.abc import AsyncIterator, Callable
from datetime import date

import pytest

from services.matcher.domain.exact.product import NumpyProduct
from services.matcher.service.exact_candidates import ExactCandidates
from tests.support.matcher_bench import MatcherBench, matcher_bench
from tests.support.memory_folder import memory_folder
from tests.support.profiles import profile

pytestmark = pytest.mark.anyio

DAY = date(2026, 11, 20)
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
            save("late", profile("Late", capabilities={"c": LENSES}))
            save("silent", profile("Silent"))
            for number in range(12):
                other = f"whale song archives of polar sea number {number}"
                save(f"other{number}", profile("Other", capabilities={"c": other}))
            bench.profiles.withdraw("late")
            await bench.take_in.take_in(sorted(bench.profiles.stored))
            yield bench


@pytest.fixture(scope="module")
async def candidates(bench: MatcherBench) -> ExactCandidates:
    encoder = bench.live.current().encoder
    return await ExactCandidates.read(bench.store, encoder, DAY, NumpyProduct)


async def test_a_mutual_partner_comes_before_a_one_sided_one(candidates: ExactCandidates) -> None:
    found = await candidates.candidates(["north"], 3)
    names = [one.organisation for one in found["north"]]
    assert names[:2] == ["south", "onesided"]
    assert len(names) == 3
    assert 0 < found["north"][1].value < found["north"][0].value <= 1


async def test_nobody_is_a_candidate_of_itself_or_out_of_a_withdrawn_profile(
    candidates: ExactCandidates,
) -> None:
    found = await candidates.candidates(["north", "south", "late", "silent", "nobody"], 50)
    assert set(found) == {"north", "south"}
    for id, some in found.items():
        assert {one.organisation for one in some}.isdisjoint({id, "late", "silent"})


async def test_a_part_of_the_organisations_gets_what_it_gets_with_all(
    candidates: ExactCandidates,
) -> None:
    every = [f"other{number}" for number in range(12)] + ["north", "south", "onesided"]
    everyone = await candidates.candidates(every, 4)
    assert await candidates.candidates(["other3"], 4) == {"other3": everyone["other3"]}


async def test_vectors_are_read_not_made_again(bench: MatcherBench) -> None:
    encoder = bench.live.current().encoder
    before = bench.embedder.refused
    bench.embedder.refused = " "
    try:
        await ExactCandidates.read(bench.store, encoder, DAY, NumpyProduct)
    finally:
        bench.embedder.refused = before
