"""Places of lists are given out within capacities, at the greatest value, always in one way."""

from itertools import chain, combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.matcher.domain.allocation.allocate import allocate
from services.matcher.domain.allocation.bounds import Bounds, Capacities, Problem
from services.matcher.domain.allocation.graph import CandidateGraph
from services.matcher.domain.allocation.shortage import InfeasibleBoundsError
from services.matcher.domain.allocation.transferable import equilibrium
from services.matcher.solving.flow import MinCostFlow
from services.matcher.solving.strategies import DEFAULT, STRATEGIES, strategy_named
from services.matcher.solving.transport import TooLargeError, Transport

FREE = Bounds(congestion=0.0)


@st.composite
def graphs(draw: st.DrawFn, *, most_edges: int = 40) -> CandidateGraph:
    seekers, partners = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    cells = st.tuples(st.integers(0, seekers - 1), st.integers(0, partners - 1))
    pairs = draw(st.lists(cells, unique=True, max_size=most_edges))
    values = draw(st.lists(st.integers(0, 1000), min_size=len(pairs), max_size=len(pairs)))
    rows = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return CandidateGraph.of(
        seekers, partners, rows[:, 0], rows[:, 1], np.array(values, dtype=float) / 1000
    )


def capacities(graph: CandidateGraph, seed: int) -> Capacities:
    rng = np.random.default_rng(seed)
    return Capacities(rng.integers(0, 4, graph.seekers), rng.integers(0, 4, graph.partners))


@settings(max_examples=30, deadline=None)
@given(graph=graphs(), seed=st.integers(0, 1000), name=st.sampled_from(sorted(STRATEGIES)))
def test_capacities_are_never_exceeded(graph: CandidateGraph, seed: int, name: str) -> None:
    limits = capacities(graph, seed)
    found = allocate(graph, limits, Bounds(exposure=2), strategy_named(name))
    used = np.bincount(graph.seeker[found.edges], minlength=graph.seekers)
    shown = np.bincount(graph.partner[found.edges], minlength=graph.partners)
    assert (used <= limits.lists).all()
    assert (shown <= np.minimum(limits.exposure, 2)).all()


@settings(max_examples=40, deadline=None)
@given(graph=graphs(most_edges=9), seed=st.integers(0, 1000))
def test_the_flow_is_as_good_as_the_best_of_all_selections(
    graph: CandidateGraph, seed: int
) -> None:
    limits = capacities(graph, seed)
    problem = Problem.of(graph, limits, FREE)
    found = allocate(graph, limits, FREE, MinCostFlow(attentive=False))
    edges = range(graph.edges)
    selections = chain.from_iterable(combinations(edges, n) for n in range(graph.edges + 1))
    best = (0, 0.0)
    for selection in selections:
        chosen = np.isin(np.arange(graph.edges), selection)
        if problem.kept_by(chosen):
            best = max(best, (len(selection), round(float(graph.value[chosen].sum()), 6)))
    assert (len(found.edges), round(float(graph.value[found.edges].sum()), 6)) == best


@settings(max_examples=20, deadline=None)
@given(graph=graphs(), seed=st.integers(0, 1000), name=st.sampled_from(sorted(STRATEGIES)))
def test_the_order_of_the_edges_changes_nothing(
    graph: CandidateGraph, seed: int, name: str
) -> None:
    order = np.random.default_rng(seed).permutation(graph.edges)
    arrays = (graph.seeker[order], graph.partner[order], graph.value[order])
    shuffled = CandidateGraph.of(graph.seekers, graph.partners, *arrays)
    limits = capacities(graph, seed)
    one, other = (
        allocate(each, limits, Bounds(), strategy_named(name)) for each in (graph, shuffled)
    )
    assert one.edges.tolist() == other.edges.tolist()
    assert arrays[1][other.given].tolist() == graph.partner[one.edges].tolist()


def test_without_limits_every_strategy_fills_the_lists_with_the_best_in_order() -> None:
    graph = CandidateGraph.of(2, 3, [0, 0, 0, 1], [0, 1, 2, 2], [0.2, 0.9, 0.5, 0.4])
    for name in STRATEGIES:
        found = allocate(graph, Capacities.of(graph, lists=2), FREE, strategy_named(name))
        assert graph.partner[found.edges].tolist() == [1, 2, 2], name


def test_congestion_moves_a_late_place_to_someone_who_is_shown_to_nobody() -> None:
    crowd = 5
    seeker = np.repeat(np.arange(crowd), 2)
    partner = np.ravel([(0, 1 + n) for n in range(crowd)])
    graph = CandidateGraph.of(crowd, crowd + 1, seeker, partner, [0.52, 0.5] * crowd)
    limits = Capacities.of(graph, lists=1)
    dear = Bounds(congestion=0.3)
    plainly = allocate(graph, limits, dear, strategy_named("top_k"))
    shared = allocate(graph, limits, dear, strategy_named(DEFAULT))
    assert set(graph.partner[plainly.edges].tolist()) == {0}
    assert np.bincount(graph.partner[shared.edges]).max() == 1


def test_a_bound_that_cannot_be_met_is_explained_with_the_smallest_that_can() -> None:
    # Four seekers know the same two candidates; one knows a third.
    seeker, partner = [0, 0, 1, 1, 2, 2, 3, 3, 4], [0, 1, 0, 1, 0, 1, 0, 1, 2]
    graph = CandidateGraph.of(5, 3, seeker, partner, [0.5] * 9)
    limits = Capacities.of(graph, lists=2)
    with pytest.raises(InfeasibleBoundsError) as raised:
        allocate(graph, limits, Bounds(exposure=1, least=1), MinCostFlow())
    told = raised.value.shortage
    assert (told.crowd, told.sought, told.places, told.wanted) == (4, 2, 2, 4)
    assert (told.exposure, told.fewer) == (2, 0)
    assert "up to 2 lists" in str(raised.value)
    assert "最多出现在 2 份名单" in told.words_zh()
    met = allocate(graph, limits, Bounds(exposure=2, least=1), MinCostFlow())
    assert set(graph.seeker[met.edges].tolist()) == {0, 1, 2, 3, 4}
    with pytest.raises(InfeasibleBoundsError):
        allocate(graph, limits, Bounds(exposure=1, least=1), MinCostFlow())


def test_where_capacities_stand_in_the_way_no_bound_is_proposed() -> None:
    graph = CandidateGraph.of(2, 1, [0, 1], [0, 0], [0.5, 0.5])
    with pytest.raises(InfeasibleBoundsError) as raised:
        allocate(graph, Capacities.of(graph, lists=1, exposure=1), Bounds(least=1), MinCostFlow())
    assert raised.value.shortage.exposure is None


def test_edges_below_the_threshold_are_no_candidates() -> None:
    graph = CandidateGraph.of(1, 3, [0, 0, 0], [0, 1, 2], [0.1, 0.3, 0.2], threshold=0.2)
    assert graph.partner.tolist() == [1, 2]
    assert graph.given.tolist() == [1, 2]


@pytest.mark.parametrize(
    ("seeker", "partner", "value"),
    [([0, 0], [1, 1], [0.1, 0.2]), ([0], [5], [0.1]), ([0], [1], [1.5]), ([0], [1], [np.nan])],
)
def test_a_graph_that_makes_no_sense_is_refused(
    seeker: list[int], partner: list[int], value: list[float]
) -> None:
    with pytest.raises(ValueError, match=r"pair is there twice|edge names|values must"):
        CandidateGraph.of(2, 2, seeker, partner, value)


def test_the_equilibrium_keeps_to_both_sides_masses() -> None:
    rng = np.random.default_rng(3)
    i, j = np.divmod(np.arange(30), 6)
    graph = CandidateGraph.of(5, 6, i, j, rng.random(30))
    seekers, partners = np.full(5, 2.0), np.full(6, 1.0)
    mass = equilibrium(graph, seekers, partners, 0.1)
    sent = np.bincount(graph.seeker, mass, 5)
    free = seekers - sent
    assert (free > 0).all()
    received = partners - np.bincount(graph.partner, mass, 6)
    expected = np.exp((graph.value - graph.value.max()) / 0.2) * np.sqrt(
        free[graph.seeker] * received[graph.partner]
    )
    assert np.allclose(mass, expected, atol=1e-6)


def test_a_plan_that_would_not_fit_into_memory_is_refused() -> None:
    graph = CandidateGraph.of(10_000, 10_000, [0], [1], [0.5])
    with pytest.raises(TooLargeError, match="too large"):
        allocate(graph, Capacities.of(graph, lists=1), FREE, Transport())
