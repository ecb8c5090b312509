"""What the statements that came up for a text say about their organisations."""

from dataclasses import replace

import numpy as np
import pytest

from services.matcher.domain.ranking_weights import WEIGHTS
from services.matcher.domain.statement_pool import FoundStatements, pool

NAN = float("nan")


def found(
    whole: list[float],
    window: list[float] | None = None,
    lexical: list[float] | None = None,
    hub: list[float] | None = None,
    contents: list[str] | None = None,
) -> FoundStatements:
    size = len(whole)
    return FoundStatements(
        whole=np.array(whole),
        window=np.array(window or whole),
        lexical=np.array(lexical or [0.0] * size),
        hub=np.array(hub or [0.0] * size),
        languages=np.array(["en"] * size),
        contents=np.array(contents or [str(n) for n in range(size)]),
    )


def test_all_shares_of_a_platform_are_one() -> None:
    hits = found(list(np.linspace(0.6, 0.1, 20)))
    one = pool(hits, stored=50, lexical=1.0, weights=WEIGHTS)
    assert one.weights.sum() + 30 * one.rest == pytest.approx(1)
    assert np.exp(one.share(range(20), 50)) == pytest.approx(1)
    assert one.rest == pytest.approx(one.weights.min())


def test_more_good_statements_make_a_larger_share() -> None:
    one = pool(found([0.5, 0.45, 0.4, 0.35, 0.1]), stored=9, lexical=1.0, weights=WEIGHTS)
    assert one.share([1, 2], 2) > one.share([1], 1) > one.share([3], 1)
    assert one.share([2], 5) > one.share([2], 1), "unseen statements count a little"


def test_words_and_windows_raise_a_statement_and_hubs_lower_it() -> None:
    def best(hits: FoundStatements) -> int:
        return int(pool(hits, stored=3, lexical=1.0, weights=WEIGHTS).weights.argmax())

    assert best(found([0.4, 0.3, 0.2], lexical=[0.0, 0.5, 0.0])) == 1
    assert best(found([0.4, 0.3, 0.2], window=[0.4, 0.7, 0.2])) == 1
    assert best(found([0.4, 0.3, 0.2], hub=[0.5, 0.1, 0.1])) == 1
    off = replace(WEIGHTS, hub=0.0)
    hubs = found([0.4, 0.3, 0.2], hub=[0.5, 0.1, 0.1])
    assert pool(hubs, stored=3, lexical=1.0, weights=off).weights.argmax() == 0


def test_what_one_way_has_not_found_counts_as_its_last() -> None:
    hits = found([0.5, 0.3, NAN], window=[0.5, 0.3, 0.45])
    one = pool(hits, stored=3, lexical=1.0, weights=WEIGHTS)
    known = found([0.5, 0.3, 0.3], window=[0.5, 0.3, 0.45])
    assert one.weights == pytest.approx(pool(known, stored=3, lexical=1.0, weights=WEIGHTS).weights)
    words_only = found([NAN, NAN], window=[NAN, NAN], lexical=[1.0, 0.5])
    assert pool(words_only, stored=9, lexical=1.0, weights=WEIGHTS).weights[0] > 0


def test_equal_texts_count_once_for_the_temperature() -> None:
    values = list(np.linspace(0.6, 0.1, 10))
    once = pool(found(values), stored=10, lexical=1.0, weights=WEIGHTS)
    thrice = pool(
        found(values * 3, contents=[str(n) for n in range(10)] * 3),
        stored=30,
        lexical=1.0,
        weights=WEIGHTS,
    )
    assert thrice.temperature == pytest.approx(once.temperature)


def test_nothing_found_is_an_even_share() -> None:
    one = pool(found([]), stored=8, lexical=1.0, weights=WEIGHTS)
    assert np.exp(one.share([], 2)) == pytest.approx(0.25)
