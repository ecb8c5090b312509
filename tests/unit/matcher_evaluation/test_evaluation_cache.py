"""Vectors of evaluation texts are kept on disk, part by part, and never made twice."""

from pathlib import Path

import numpy as np
import pytest

from services.matcher.domain.content import content_digest
from services.matcher.embedding.cached import CachedEmbedder
from services.matcher.evaluation.vector_cache import SqliteEmbeddingStore, default_cache_directory
from services.matcher.evaluation.warming import WarmingEmbedder
from services.matcher.ports import ContentKey
from shared.contracts.organisation import Side
from tests.support.small_dataset import CountingEmbedder

pytestmark = pytest.mark.anyio

TEXTS = [(f"radar {place}", Side.NEED) for place in range(5)]


def key(text: str, side: Side = Side.NEED) -> ContentKey:
    return ContentKey(content_digest(text, side))


async def test_what_was_put_is_there_for_its_model_only(tmp_path: Path) -> None:
    store = SqliteEmbeddingStore(tmp_path)
    vector = np.array([0.6, 0.8], dtype=np.float32)
    await store.put("m@1", {key("a"): vector})
    await store.put("m@1", {key("a"): vector * 0})  # what is there stays
    found = await SqliteEmbeddingStore(tmp_path).get("m@1", [key("a"), key("b")])
    assert list(found) == [key("a")]
    assert found[key("a")].tolist() == vector.tolist()
    assert await store.get("m@2", [key("a")]) == {}
    assert await store.get("m@1", [key("a", Side.CAPABILITY)]) == {}


async def test_forgotten_vectors_are_gone_for_every_model(tmp_path: Path) -> None:
    store = SqliteEmbeddingStore(tmp_path)
    for model in ("m@1", "m@2"):
        await store.put(model, {key("a"): np.ones(2, np.float32), key("b"): np.ones(2, np.float32)})
    await store.forget([key("a")])
    assert list(await store.get("m@2", [key("a"), key("b")])) == [key("b")]


async def test_keys_come_in_pages_each_once(tmp_path: Path) -> None:
    store = SqliteEmbeddingStore(tmp_path)
    keys = sorted((key(str(place)) for place in range(5)), key=lambda one: one.digest)
    for model in ("m@1", "m@2"):
        await store.put(model, {one: np.ones(2, np.float32) for one in keys})
    first = await store.page(after=None, limit=3)
    assert first == keys[:3]
    assert await store.page(after=first[-1], limit=3) == keys[3:]
    assert await store.page(after=keys[-1], limit=3) == []


async def test_thousands_of_keys_are_read_at_once(tmp_path: Path) -> None:
    store = SqliteEmbeddingStore(tmp_path / "made" / "when needed")
    vectors = {key(str(place)): np.full(3, place, np.float32) for place in range(1701)}
    await store.put("m", vectors)
    assert len(await store.get("m", list(vectors))) == 1701


async def test_a_second_run_encodes_nothing(tmp_path: Path) -> None:
    found = []
    model = CountingEmbedder()
    for _ in range(2):
        store = SqliteEmbeddingStore(tmp_path)
        warming = WarmingEmbedder(CachedEmbedder(model, store), store, lambda *_: None, at_once=2)
        found.append(await warming.embed(TEXTS))
    assert model.encoded == [text for text, _ in TEXTS]
    assert np.array_equal(found[0], found[1])


async def test_progress_tells_of_what_is_missing_only(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    store = SqliteEmbeddingStore(tmp_path)
    warming = WarmingEmbedder(
        CachedEmbedder(CountingEmbedder(), store),
        store,
        lambda stage, done, total: told.append((done, total)),
        at_once=2,
    )
    await warming.embed(TEXTS[:2])
    told.clear()
    await warming.embed(TEXTS)
    assert told == [(0, 21), (14, 21), (21, 21)]  # characters of three texts of seven


async def test_the_longest_texts_are_embedded_first(tmp_path: Path) -> None:
    model, store = CountingEmbedder(), SqliteEmbeddingStore(tmp_path)
    warming = WarmingEmbedder(CachedEmbedder(model, store), store, lambda *_: None, at_once=1)
    texts = ["radar", "lidar and radar", "haptic glove"]
    found = await warming.embed([(text, Side.NEED) for text in texts])
    assert model.encoded == ["lidar and radar", "haptic glove", "radar"]
    assert np.array_equal(found, model.encode(texts, Side.NEED))


async def test_an_interrupted_run_keeps_what_it_has(tmp_path: Path) -> None:
    store = SqliteEmbeddingStore(tmp_path)

    def interrupt(stage: str, done: int, total: int) -> None:
        if done == 28:  # characters: four texts of seven
            raise KeyboardInterrupt

    warming = WarmingEmbedder(
        CachedEmbedder(CountingEmbedder(), store), store, interrupt, at_once=2
    )
    with pytest.raises(KeyboardInterrupt):
        await warming.embed(TEXTS)
    again = CountingEmbedder()
    await CachedEmbedder(again, store).embed(TEXTS)
    assert again.encoded == ["radar 4"]


async def test_a_query_is_kept_as_well(tmp_path: Path) -> None:
    model, store = CountingEmbedder(), SqliteEmbeddingStore(tmp_path)
    warming = WarmingEmbedder(CachedEmbedder(model, store), store, lambda *_: None)
    for _ in range(2):
        assert (await warming.embed_query("radar", Side.NEED)).shape == (model.dimension,)
    assert model.encoded == ["radar"]


def test_the_cache_lies_where_the_desktop_standard_puts_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_cache_directory() == tmp_path / "hezuo"
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert default_cache_directory() == Path.home() / ".cache" / "hezuo"
