"""What every Embedder does: the shipped model's two engines, the stand-in of the fast tests."""

from collections.abc import Iterator

import numpy as np
import pytest

from services.matcher.ports import Embedder
from shared.contracts.organisation import Side
from tests.support.hashing_embedder import HashingEmbedder


@pytest.fixture(
    scope="module",
    params=["hashing", *(pytest.param(one, marks=pytest.mark.model) for one in ("4bit", "bf16"))],
)
def embedder(request: pytest.FixtureRequest) -> Iterator[Embedder]:
    if request.param == "hashing":
        yield HashingEmbedder()
        return
    from services.matcher.embedding.sentence_transformer import load_embedder

    yield load_embedder(precision=request.param)


ROUNDING = 4e-3
"""Of a number of a unit vector, by bf16; a vector's numbers are about 0.05."""
TEXTS = [
    "光波导近眼显示模组",
    "haptic gloves with force feedback",
    "x",
    "光波导近眼显示模组,轻薄型",
]


@pytest.mark.parametrize("side", list(Side))
def test_vectors_are_unit_float32_of_the_dimension(embedder: Embedder, side: Side) -> None:
    vectors = embedder.encode(TEXTS, side)
    assert vectors.shape == (len(TEXTS), embedder.dimension)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_texts_give_no_vectors(embedder: Embedder) -> None:
    assert embedder.encode([], Side.NEED).shape == (0, embedder.dimension)


def test_the_same_text_gets_the_same_vector_whatever_its_company(embedder: Embedder) -> None:
    alone = embedder.encode([TEXTS[0]], Side.NEED)[0]
    among = embedder.encode([*TEXTS[1:], "long " * 300, TEXTS[0]], Side.NEED)[-1]
    np.testing.assert_allclose(alone, among, atol=ROUNDING)


def test_a_need_and_a_capability_of_the_same_words_differ(embedder: Embedder) -> None:
    need, capability = (embedder.encode([TEXTS[0]], side)[0] for side in Side)
    assert 0.7 < float(need @ capability) < 0.9999


def test_similar_texts_get_similar_vectors(embedder: Embedder) -> None:
    display, gloves, _, thin_display = embedder.encode(TEXTS, Side.CAPABILITY)
    assert float(display @ thin_display) > float(display @ gloves) + 0.05


def test_the_name_is_stable_and_not_empty(embedder: Embedder) -> None:
    assert embedder.model == embedder.model != ""
    assert embedder.device
