"""Coverage, evenness and loss of an allocation."""

import numpy as np
import pytest

from services.matcher.domain.allocation.bounds import Bounds, Capacities
from services.matcher.domain.allocation.exposure import gini
from services.matcher.domain.allocation.graph import CandidateGraph, MustHaves
from services.matcher.domain.allocation.report import curve, exposure_curve, plain, report
from services.matcher.solving.flow import MinCostFlow


def test_gini_is_nought_where_all_have_the_same_and_grows_with_concentration() -> None:
    assert gini(np.array([3, 3, 3])) == 0
    assert gini(np.array([0, 0, 0])) == 0
    assert gini(np.array([0, 0, 0, 8])) == 0.75
    pairwise = np.abs(np.subtract.outer([1, 2, 6], [1, 2, 6])).sum() / (2 * 3 * 9)
    assert gini(np.array([6, 1, 2])) == pytest.approx(pairwise)


def crowded() -> CandidateGraph:
    """Ten seekers who all like candidate 0 a little better than one of their own."""
    seeker = np.repeat(np.arange(10), 2)
    partner = np.ravel([(0, 1 + n) for n in range(10)])
    stated = np.full(11, 2)
    bits = np.ravel([(0b01, 0b10)] * 10)
    return CandidateGraph.of(
        11, 11, seeker, partner, [0.6, 0.5] * 10, must_haves=MustHaves(stated, bits)
    )


def test_plain_lists_lose_nothing_and_send_everyone_to_one() -> None:
    graph = crowded()
    told = report(plain(graph, Capacities.of(graph, lists=1)))
    assert told.ndcg_loss == 0
    assert told.exposure.gini == pytest.approx(10 / 11)
    assert (told.exposure.most, told.exposure.shown) == (10, 1)
    assert told.exposure.top_percent == 1.0
    assert told.coverage == pytest.approx(10 / 11)
    assert told.coverage_possible == 1.0
    assert told.expected == pytest.approx(6.0)
    assert told.must_haves_met == pytest.approx(10 / 22)


def test_a_dearer_congestion_and_a_tighter_bound_make_exposure_more_even() -> None:
    graph = crowded()
    limits = Capacities.of(graph, lists=1)
    rising = [told for _, told in curve(graph, limits, Bounds(), MinCostFlow(), (0.0, 0.02, 0.5))]
    evenness = [told.exposure.gini for told in rising]
    assert evenness == sorted(evenness, reverse=True)
    assert evenness[0] > evenness[-1]
    assert rising[0].ndcg_loss == 0
    assert 0 < rising[-1].ndcg_loss < 1 / 6
    tighter = [
        told.exposure.most
        for _, told in exposure_curve(graph, limits, Bounds(congestion=0), MinCostFlow(), (9, 3, 1))
    ]
    assert tighter == [9, 3, 1]
