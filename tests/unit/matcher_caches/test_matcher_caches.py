"""What is remembered, and what must not be."""

import asyncio
from collections.abc import Sequence

import numpy as np
import pytest

from services.matcher.domain.statements import MatchedOrganisation, Statement, StatementKey
from services.matcher.embedding.remembering import RememberingStore
from services.matcher.ports import ContentKey, Vectors
from services.matcher.storage.snapshot_cache import RowStamp, SnapshotCache
from shared.contracts.organisation import Side, Visibility

pytestmark = pytest.mark.anyio

A, B, C = (ContentKey(letter * 32) for letter in (b"a", b"b", b"c"))


class StoreInMemory:
    """An embedding store that counts what it is asked."""

    def __init__(self) -> None:
        self.kept: dict[ContentKey, Vectors] = {}
        self.asked: list[ContentKey] = []
        self.slow = False

    async def get(self, model: str, keys: Sequence[ContentKey]) -> dict[ContentKey, Vectors]:
        self.asked += keys
        found = {key: self.kept[key] for key in keys if key in self.kept}
        if self.slow:
            await asyncio.sleep(0.01)
        return found

    async def put(self, model: str, vectors: dict[ContentKey, Vectors]) -> None:
        self.kept |= vectors

    async def forget(self, keys: Sequence[ContentKey]) -> None:
        for key in keys:
            self.kept.pop(key, None)

    async def page(self, *, after: ContentKey | None, limit: int) -> list[ContentKey]:
        return list(self.kept)


def vector(number: int) -> Vectors:
    return np.full(4, number, dtype=np.float32)


async def test_a_vector_is_read_once() -> None:
    store = StoreInMemory()
    store.kept = {A: vector(1)}
    remembering = RememberingStore(store)
    for _ in range(2):
        assert (await remembering.get("m", [A]))[A][0] == 1
    assert store.asked == [A]


async def test_what_is_forgotten_is_forgotten_at_once() -> None:
    store = StoreInMemory()
    remembering = RememberingStore(store)
    await remembering.put("m", {A: vector(1)})
    await remembering.forget([A])
    assert await remembering.get("m", [A]) == {}


async def test_others_hear_of_what_is_forgotten() -> None:
    heard: list[ContentKey] = []
    remembering = RememberingStore(StoreInMemory(), forgotten=heard.extend)
    await remembering.forget([A])
    assert A in heard


async def test_what_was_read_before_it_was_forgotten_is_not_remembered() -> None:
    store = StoreInMemory()
    store.kept, store.slow = {A: vector(1)}, True
    remembering = RememberingStore(store)
    reading = asyncio.create_task(remembering.get("m", [A]))
    await asyncio.sleep(0)
    await remembering.forget([A])
    await reading
    assert await remembering.get("m", [A]) == {}


async def test_models_do_not_share_vectors_and_the_least_used_goes() -> None:
    store = StoreInMemory()
    remembering = RememberingStore(store, most=2)
    await remembering.put("m", {A: vector(1), B: vector(2)})
    await remembering.get("m", [A])
    await remembering.put("m", {C: vector(3)})
    await remembering.get("m", [A, B, C])
    assert store.asked == [B]
    await remembering.get("other", [C])
    assert store.asked == [B, C]


def snapshot(id: str, text: str) -> MatchedOrganisation:
    statement = Statement(
        StatementKey(id, "c1"), Side.CAPABILITY, text, "en", (), None, None, Visibility.MEMBERS
    )
    names: dict[str, str | None] = {"en": id}
    return MatchedOrganisation(
        id, 1, "other", names, "CN", None, None, (), frozenset(), 1, (statement,)
    )


def test_two_states_of_one_version_are_told_apart() -> None:
    cache = SnapshotCache()
    cache.keep({RowStamp("a", 1, "700"): snapshot("a", "before the truth was set back")})
    assert cache.known([RowStamp("a", 1, "701")]) == {}


def test_a_cache_of_snapshots_is_bounded_by_their_texts() -> None:
    cache = SnapshotCache(most_characters=2000)
    stamps = [RowStamp(id, 1, "1") for id in "abc"]
    for stamp in stamps:
        cache.keep({stamp: snapshot(stamp.id, "x" * 400)})
    assert [stamp.id for stamp in cache.known(stamps)] == ["b", "c"]
    cache.keep({stamps[0]: snapshot("a", "x" * 10_000)})
    assert cache.known(stamps) == {}
