"""Vectors in PostgreSQL by content, and embedding through them."""

from collections.abc import AsyncIterator, Callable

import numpy as np
import pytest

from services.matcher.domain.content import content_digest
from services.matcher.embedding.cached import CachedEmbedder
from services.matcher.embedding.store import PostgresEmbeddingStore
from services.matcher.ports import ContentKey
from services.matcher.schema import embedding
from shared.contracts.organisation import Side
from shared.db import Database
from tests.support.hashing_embedder import HashingEmbedder

pytestmark = pytest.mark.anyio


@pytest.fixture
async def store(
    migrated_database: Callable[[str], str],
) -> AsyncIterator[PostgresEmbeddingStore]:
    database = Database(migrated_database("services.matcher"))
    yield PostgresEmbeddingStore(database, embedding)
    await database.close()


def keys(count: int) -> list[ContentKey]:
    return [ContentKey(content_digest(f"text {number}", Side.NEED)) for number in range(count)]


async def test_vectors_come_back_bit_by_bit(store: PostgresEmbeddingStore) -> None:
    rng = np.random.default_rng(1)
    some = {key: rng.standard_normal(384).astype(np.float32) for key in keys(12_000)}
    await store.put("m", some)
    found = await store.get("m", list(some))
    assert found.keys() == some.keys()
    assert all(np.array_equal(found[key], some[key]) for key in some)


async def test_a_model_sees_only_its_own(store: PostgresEmbeddingStore) -> None:
    [key] = keys(1)
    await store.put("m", {key: np.ones(3, dtype=np.float32)})
    assert await store.get("other", [key]) == {}
    assert await store.get("m", []) == {}


async def test_what_is_there_stays(store: PostgresEmbeddingStore) -> None:
    first, second = keys(2)
    await store.put("m", {first: np.ones(3, dtype=np.float32)})
    await store.put("m", {key: np.zeros(3, dtype=np.float32) for key in (first, second)})
    await store.put("m", {})
    found = await store.get("m", [first, second])
    assert found[first].tolist() == [1, 1, 1]
    assert found[second].tolist() == [0, 0, 0]


async def test_forgotten_vectors_are_gone_for_every_model(store: PostgresEmbeddingStore) -> None:
    first, second = keys(2)
    for model in ("m", "n"):
        await store.put(model, {key: np.ones(3, dtype=np.float32) for key in (first, second)})
    await store.forget([first])
    for model in ("m", "n"):
        assert (await store.get(model, [first, second])).keys() == {second}


async def test_nothing_is_embedded_twice(store: PostgresEmbeddingStore) -> None:
    model = HashingEmbedder()
    cached = CachedEmbedder(model, store)
    statements = [("近眼显示", Side.NEED), ("haptics", Side.CAPABILITY), ("近眼显示", Side.NEED)]
    first = await cached.embed(statements)
    assert model.encoded == 2
    again = await CachedEmbedder(model, store).embed([*statements, ("近眼显示", Side.CAPABILITY)])
    assert model.encoded == 3
    np.testing.assert_array_equal(first, again[:3])
    np.testing.assert_array_equal(again[3], model.encode(["近眼显示"], Side.CAPABILITY)[0])


async def test_nothing_to_embed(store: PostgresEmbeddingStore) -> None:
    assert (await CachedEmbedder(HashingEmbedder(), store).embed([])).shape == (0, 64)


async def test_a_query_leaves_no_trace(store: PostgresEmbeddingStore) -> None:
    cached = CachedEmbedder(HashingEmbedder(), store)
    vector = await cached.embed_query("谁能做触觉手套", Side.NEED)
    assert vector.shape == (64,)
    key = ContentKey(content_digest("谁能做触觉手套", Side.NEED))
    assert await store.get(cached.model, [key]) == {}
