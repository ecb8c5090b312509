import pytest

from services.matcher.domain.lexical import (
    AVERAGE_LENGTH,
    document_weights,
    query_weights,
    token_id,
)


def test_ids_never_change() -> None:
    # Stored in every index: another value here means that all of them must be rebuilt.
    assert token_id("webxr") == 1175240242
    assert 0 <= token_id("光波导") < 2**32


def test_a_token_of_an_average_text_weighs_one() -> None:
    words = [f"w{number}" for number in range(int(AVERAGE_LENGTH))]
    assert document_weights(words)[token_id("w3")] == pytest.approx(1.0)


def test_repetition_saturates_and_length_dilutes() -> None:
    once = document_weights(["a", *"bcdefgh"])[token_id("a")]
    often = document_weights(["a"] * 20)[token_id("a")]
    diluted = document_weights(["a", *(f"w{n}" for n in range(200))])[token_id("a")]
    assert diluted < once < often < 2.2


def test_ids_ascend() -> None:
    words = [f"w{number}" for number in range(100)]
    for weights in (document_weights(words), query_weights(words)):
        assert list(weights) == sorted(weights)


def test_a_query_counts_a_word_once() -> None:
    assert query_weights(["a", "b", "a"]) == dict.fromkeys(
        sorted([token_id("a"), token_id("b")]), 1.0
    )
    assert document_weights([]) == query_weights([]) == {}
