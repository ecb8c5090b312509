"""Candidates come from stored profiles and stored vectors, without the index."""

from dataclasses import replace

import numpy as np
import pytest

from services.matcher.domain.exact.product import NumpyProduct
from services.matcher.domain.pairs import Pair
from services.matcher.domain.rematch.near import names_of, nearest_of
from services.matcher.domain.rematch.plan import Plan
from services.matcher.service.exact_vectors import measure
from services.matcher.service.rematch.by_products import GroupProducts
from tests.integration.matcher_exact.moments import moment_of, plan_of
from tests.support.matcher_bench import MatcherBench

pytestmark = pytest.mark.anyio


async def candidates(
    bench: MatcherBench, plan: Plan, limit: int, memory_bytes: int = 10**9
) -> dict[str, list[str]]:
    moment = await moment_of(bench, plan, memory_bytes)
    product = NumpyProduct(measure(moment.encoder.statistics))
    products = await GroupProducts.over(
        moment, product, memory_bytes=memory_bytes, block_bytes=10**6
    )
    staged = [await products.found(pair, limit) for pair in plan.pairs()]
    seekers = [id for group in plan.seeking_groups for id in group]
    numbers = np.array([plan.numbers[id] for id in seekers], dtype=np.int64)
    return dict(zip(seekers, names_of(nearest_of(staged, numbers, limit), plan.ids), strict=True))


async def test_a_mutual_partner_comes_before_a_one_sided_one(bench: MatcherBench) -> None:
    found = await candidates(bench, await plan_of(bench), 3)
    assert found["north"][0] == "south"
    assert "onesided" in found["north"][1:]


async def test_who_states_no_needs_has_candidates_by_what_it_does(bench: MatcherBench) -> None:
    found = await candidates(bench, await plan_of(bench), 3)
    assert {"likewise", "south"} <= set(found["onesided"])


async def test_nobody_is_a_candidate_of_itself_or_out_of_a_withdrawn_profile(
    bench: MatcherBench,
) -> None:
    found = await candidates(bench, await plan_of(bench), 50)
    for id, some in found.items():
        assert {id, "late", "silent"}.isdisjoint(some)
        assert len(set(some)) == len(some)


async def test_who_is_out_or_apart_takes_nobodys_place(bench: MatcherBench) -> None:
    plan = replace(
        await plan_of(bench),
        out=frozenset({"onesided"}),
        apart=frozenset({Pair("north", "south")}),
    )
    found = await candidates(bench, plan, 1)
    assert "onesided" not in found
    assert found["north"] == ["likewise"]
    assert "north" not in found["south"]


async def test_a_part_of_the_organisations_gets_what_it_gets_with_all(
    bench: MatcherBench,
) -> None:
    plan = await plan_of(bench)
    everyone = await candidates(bench, plan, 4)
    some = await candidates(bench, replace(plan, seekers=("north", "other3")), 4)
    assert some == {id: everyone[id] for id in ("north", "other3")}


async def test_groups_are_read_again_where_memory_has_no_room_for_all(
    bench: MatcherBench,
) -> None:
    plan = await plan_of(bench)
    assert await candidates(bench, plan, 4, memory_bytes=1) == await candidates(bench, plan, 4)


async def test_vectors_are_read_not_made_again(bench: MatcherBench) -> None:
    plan = await plan_of(bench)
    before = bench.embedder.refused
    bench.embedder.refused = " "
    try:
        await candidates(bench, plan, 4)
    finally:
        bench.embedder.refused = before
