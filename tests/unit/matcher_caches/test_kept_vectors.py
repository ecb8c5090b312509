"""Corrected vectors are kept as long as their texts may be, and no longer."""

import asyncio
from collections.abc import Sequence

import numpy as np
import pytest

from services.matcher.domain.content import content_digest
from services.matcher.domain.statements import Statement, StatementKey
from services.matcher.ports import ContentKey, Vectors
from services.matcher.service.kept_vectors import KeptVectors
from shared.contracts.organisation import Side, Visibility

pytestmark = pytest.mark.anyio


class Computing:
    """A vector of its number for each text `text <number>`, negative for needs."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.go_on = asyncio.Event()
        self.go_on.set()

    async def __call__(self, statements: Sequence[Statement]) -> Vectors:
        self.asked += [one.text for one in statements]
        await self.go_on.wait()
        signs = [-1 if one.side is Side.NEED else 1 for one in statements]
        numbers = [int(one.text.split()[1]) for one in statements]
        return np.array([[s * n] * 4 for s, n in zip(signs, numbers, strict=True)], np.float32)


def stated(number: int, side: Side = Side.CAPABILITY) -> Statement:
    key = StatementKey("o", f"s{number}")
    return Statement(key, side, f"text {number}", "en", (), None, None, Visibility.MEMBERS)


def key_of(statement: Statement) -> ContentKey:
    return ContentKey(content_digest(statement.text, statement.side))


async def test_each_is_computed_once_and_all_come_in_the_order_asked() -> None:
    kept, compute = KeptVectors(), Computing()
    await kept.of([stated(1), stated(2)], compute)
    found = await kept.of([stated(3), stated(2), stated(1), stated(2)], compute)
    assert found[:, 0].tolist() == [3, 2, 1, 2]
    assert compute.asked == ["text 1", "text 2", "text 3"]


async def test_a_need_and_a_capability_of_one_text_are_two() -> None:
    kept, compute = KeptVectors(), Computing()
    await kept.of([stated(1)], compute)
    found = await kept.of([stated(1, Side.NEED), stated(1)], compute)
    assert found[:, 0].tolist() == [-1, 1]


async def test_what_is_erased_is_computed_anew_and_its_numbers_are_gone() -> None:
    kept, compute = KeptVectors(), Computing()
    await kept.of([stated(7), stated(8)], compute)
    kept.drop([key_of(stated(7))])
    assert kept._vectors is not None
    assert 7 not in kept._vectors[:2]
    await kept.of([stated(7), stated(8)], compute)
    assert compute.asked == ["text 7", "text 8", "text 7"]


async def test_what_was_erased_while_it_was_computed_is_not_kept() -> None:
    kept, compute = KeptVectors(), Computing()
    compute.go_on.clear()
    asking = asyncio.create_task(kept.of([stated(1)], compute))
    await asyncio.sleep(0)
    kept.drop([key_of(stated(1))])
    compute.go_on.set()
    assert (await asking)[0, 0] == 1
    await kept.of([stated(1)], compute)
    assert compute.asked == ["text 1", "text 1"]


async def test_it_begins_anew_when_it_is_full_also_while_an_answer_waits() -> None:
    kept, compute = KeptVectors(most=8), Computing()
    await kept.of([stated(1), stated(2)], compute)
    compute.go_on.clear()
    asking = asyncio.create_task(kept.of([stated(1), stated(3)], compute))
    await asyncio.sleep(0)
    others = Computing()
    for number in range(10, 20):
        await kept.of([stated(number)], others)
    compute.go_on.set()
    assert (await asking)[:, 0].tolist() == [1, 3]
    assert (await kept.of([stated(19), stated(18)], others))[:, 0].tolist() == [19, 18]


async def test_a_read_of_nearly_everything_pushes_nothing_out() -> None:
    kept, compute = KeptVectors(most=8), Computing()
    await kept.of([stated(1)], compute)
    await kept.of([stated(number) for number in range(10, 15)], compute)
    compute.asked.clear()
    await kept.of([stated(1)], compute)
    assert compute.asked == []
