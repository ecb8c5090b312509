"""Blockwise search finds what scoring every pair one by one finds, however it is cut."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from services.matcher.domain.exact.best import BestSoFar, Partners
from services.matcher.domain.exact.blocks import Blocks
from services.matcher.domain.exact.likelihood import CosineLikelihood
from services.matcher.domain.exact.product import BlockProduct, NumpyProduct
from services.matcher.domain.exact.search import (
    Apart,
    Cancelled,
    CancelledError,
    GroupPair,
    PreparedGroup,
    everyones_best,
    never,
    prepared_groups,
)
from services.matcher.domain.exact.statements import AllStatements, OneSide
from services.matcher.domain.language_correction import Background
from services.matcher.domain.mutual_score import both_ways, likelihood, standing
from services.matcher.embedding.block_product import TorchProduct

BACKGROUND = Background(mean=0.01, deviation=0.1, pairs=1000)
LIKELIHOOD = CosineLikelihood.against(BACKGROUND)
Make = Callable[[], BlockProduct]
EXACT: list[Make] = [
    lambda: NumpyProduct(LIKELIHOOD),
    lambda: TorchProduct(LIKELIHOOD, half=False),
]


def best_of_all(
    given: AllStatements,
    product: BlockProduct,
    limit: int,
    *,
    groups: int = 3,
    memory: int = 10**9,
    part: int = 0,
    parts: int = 1,
    cancelled: Cancelled = never,
) -> BestSoFar:
    cut = prepared_groups(given, product, groups=groups, block_bytes=memory)
    return everyones_best(
        cut, given.organisations, limit, part=part, parts=parts, cancelled=cancelled
    )


def statements(organisations: int, *, seed: int = 0, dimension: int = 16) -> AllStatements:
    """Some have many statements, some none on a side."""
    rng = np.random.default_rng(seed)
    centres = rng.standard_normal((6, dimension))

    def side() -> OneSide:
        counts = rng.integers(0, 5, organisations)
        counts[3] = 40
        owners = rng.permutation(np.repeat(np.arange(organisations), counts))
        found = centres[rng.integers(0, 6, len(owners))]
        found = found + 0.5 * rng.standard_normal((len(owners), dimension))
        unit = found / np.linalg.norm(found, axis=1, keepdims=True)
        weights = rng.choice([0.5, 1.0], len(owners))
        return OneSide.of(
            unit.astype(np.float32), owners, organisations, weights.astype(np.float32)
        )

    return AllStatements(side(), side())


def rows(side: OneSide, organisation: int) -> slice:
    start = int(side.starts[organisation])
    return slice(start, start + int(side.counts[organisation]))


def direction(given: AllStatements, asker: int, answerer: int) -> float:
    """As the full score has it, need by need."""
    needs, offers = rows(given.needs, asker), rows(given.capabilities, answerer)
    if needs.start == needs.stop or offers.start == offers.stop:
        return LIKELIHOOD.floor
    cosines = given.needs.vectors[needs] @ given.capabilities.vectors[offers].T
    best = (cosines.max(axis=1) - BACKGROUND.mean) / BACKGROUND.deviation
    weights = 2 * given.needs.weights[needs]
    return max(LIKELIHOOD.floor, likelihood(standing(best.tolist(), weights.tolist())))


def one_by_one(given: AllStatements, limit: int) -> dict[int, list[tuple[int, float]]]:
    found = {}
    for one in range(given.organisations):
        values = {
            other: both_ways(direction(given, one, other), direction(given, other, one))
            for other in range(given.organisations)
            if other != one
        }
        found[one] = sorted(values.items(), key=lambda item: (-round(item[1], 5), item[0]))[:limit]
    return found


def by_organisation(partners: Partners) -> dict[int, list[tuple[int, float]]]:
    found: dict[int, list[tuple[int, float]]] = {}
    rows = zip(partners.organisation, partners.partner, partners.value, strict=True)
    for one, other, value in rows:
        found.setdefault(int(one), []).append((int(other), float(value)))
    return {
        one: sorted(some, key=lambda item: (-round(item[1], 5), item[0]))
        for one, some in found.items()
    }


@pytest.mark.parametrize("product", EXACT)
@pytest.mark.parametrize("memory", [1, 10**9])
def test_every_pair_has_the_score_of_scoring_it_alone(product: Make, memory: int) -> None:
    given = statements(40)
    found = by_organisation(best_of_all(given, product(), 39, memory=memory).partners())
    expected = one_by_one(given, 39)
    assert found.keys() == expected.keys()
    for one, partners in expected.items():
        values = dict(found[one])
        assert len(values) == 39
        for other, value in partners:
            assert values[other] == pytest.approx(value, rel=1e-3)


@pytest.mark.parametrize("product", EXACT)
def test_the_best_few_are_those_of_all(product: Make) -> None:
    given = statements(60, seed=2)
    found = by_organisation(best_of_all(given, product(), 5, memory=1).partners())
    expected = one_by_one(given, 5)
    for one, partners in expected.items():
        lowest = partners[-1][1]
        assert [value for _, value in found[one]] == pytest.approx(
            [value for _, value in partners], rel=1e-3
        )
        assert all(value >= lowest * (1 - 1e-3) for _, value in found[one])


def test_any_number_of_parts_in_any_order_gives_the_same() -> None:
    given, product = statements(150, seed=3), NumpyProduct(LIKELIHOOD)
    whole = best_of_all(given, product, 7, groups=4)
    parts = [best_of_all(given, product, 7, groups=4, part=n, parts=4) for n in (2, 0, 3, 1)]
    merged = BestSoFar(150, 7)
    for part in parts:
        merged.merge(part.keys)
    assert np.array_equal(np.sort(merged.keys), np.sort(whole.keys))


def test_two_groups_find_what_is_best_among_each_other() -> None:
    given, product = statements(80, seed=4), NumpyProduct(LIKELIHOOD)
    everyone = by_organisation(best_of_all(given, product, 79).partners())
    places = [np.array([71, 3, 12]), np.array([5, 40])]
    first, second = (PreparedGroup(given.of_organisations(p), p, product) for p in places)
    for pair in (GroupPair(first, second), GroupPair(second, first)):
        for group, other, best in zip(
            (pair.first, pair.second), (pair.second, pair.first), pair.best(6), strict=True
        ):
            found = by_organisation(best.partners())
            for row, place in enumerate(group.numbers.tolist()):
                among = [one for one, _ in everyone[place] if one in other.numbers]
                assert [one for one, _ in found[row]] == among


def test_who_is_kept_apart_takes_nobodys_place() -> None:
    given, product = statements(40, seed=6), NumpyProduct(LIKELIHOOD)
    numbers = np.arange(40)
    group = PreparedGroup(given, numbers, product, 1)
    free = by_organisation(GroupPair(group, group).best(39)[0].partners())
    best = free[7][0][0]
    apart = Apart(np.array([7]), np.array([best]))
    found = by_organisation(GroupPair(group, group, apart).best(39)[0].partners())
    assert best not in dict(found[7])
    assert 7 not in dict(found[best])
    assert len(found[7]) == len(found[best]) == 38
    other = next(one for one in range(40) if one not in (7, best))
    assert found[other] == free[other]


@pytest.mark.parametrize("product", EXACT)
def test_capabilities_that_stand_in_for_needs_count_less(product: Make) -> None:
    given = statements(20, seed=8)
    half = np.full(20, 0.5, dtype=np.float32)
    less = AllStatements(replace(given.needs, confidence=half), given.capabilities)
    full = dict(by_organisation(best_of_all(given, product(), 19).partners())[4])
    found = dict(by_organisation(best_of_all(less, product(), 19).partners())[4])
    for other, value in full.items():
        ways = [direction(given, 4, other), direction(given, other, 4)]
        halved = [
            max(LIKELIHOOD.floor, 0.5 * one) if one > LIKELIHOOD.floor else one for one in ways
        ]
        assert value == pytest.approx(both_ways(*ways), rel=1e-3)
        assert found[other] == pytest.approx(both_ways(*halved), rel=1e-2)


def test_sixteen_bits_find_nearly_the_same() -> None:
    given = statements(200, seed=5, dimension=64)
    full = best_of_all(given, NumpyProduct(LIKELIHOOD), 20).partners()
    half = best_of_all(given, TorchProduct(LIKELIHOOD, half=True), 20).partners()
    pairs = [set(zip(p.organisation, p.partner, strict=True)) for p in (full, half)]
    assert len(pairs[0] & pairs[1]) > 0.9 * len(pairs[0])


def test_equal_partners_come_in_the_order_of_their_places() -> None:
    best = BestSoFar(1, 2)
    for column in (5, 1, 3):
        best.offer(np.array([0]), np.array([column]), np.array([[0.25]], dtype=np.float32))
    partners = best.partners()
    assert partners.partner.tolist() == [1, 3]
    assert partners.value.tolist() == [0.5, 0.5]


def test_a_block_keeps_to_the_memory_it_is_given() -> None:
    given = statements(500)
    blocks = Blocks.of(given, 100_000)
    room = (100_000 / 12) ** 0.5
    for places in blocks.parts:
        for side in (given.needs, given.capabilities):
            assert len(places) == 1 or side.counts[places].sum() <= 2 * room
    assert sorted(np.concatenate(blocks.parts).tolist()) == list(range(500))


def test_a_stopped_search_gives_no_answer() -> None:
    with pytest.raises(CancelledError):
        best_of_all(statements(10), NumpyProduct(LIKELIHOOD), 3, cancelled=lambda: True)


def test_nobody_at_all_is_no_error() -> None:
    empty = OneSide(np.zeros((0, 8), np.float32), np.zeros(0, np.int64), np.zeros(0, np.float32))
    given = AllStatements(empty, empty)
    assert len(best_of_all(given, NumpyProduct(LIKELIHOOD), 3).partners().value) == 0
