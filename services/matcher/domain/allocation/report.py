"""What came of sharing out, beside plain lists of the best."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from services.matcher.domain.allocation.allocate import Allocation, Strategy, allocate
from services.matcher.domain.allocation.bounds import Bounds, Capacities
from services.matcher.domain.allocation.exposure import Exposure, exposure
from services.matcher.domain.allocation.graph import CandidateGraph, Floats, ranks
from services.matcher.domain.allocation.top_k import TopK

NDCG_PLACES = 10


@dataclass(frozen=True)
class Report:
    """Figures of one allocation."""

    strategy: str
    suggestions: int
    coverage: float
    """Share of the seekers with a suggestion at or above the threshold."""
    coverage_possible: float
    """The same, of the seekers that have such a candidate."""
    exposure: Exposure
    must_haves_met: float | None
    """Share of the seekers' must-haves that someone in their list meets; None where not known."""
    expected: float
    """Mutual acceptances to be expected if every suggestion were answered."""
    ndcg_loss: float
    """Of nDCG@10 with the values as gains, against plain lists of the best: 0 for these."""


def report(allocation: Allocation, beside: Allocation | None = None) -> Report:
    """Figures of this allocation; its loss is against `beside`, see `plain`."""
    graph = allocation.graph
    listed = np.bincount(graph.seeker[allocation.edges], minlength=graph.seekers) > 0
    possible = graph.choices() > 0
    return Report(
        strategy=allocation.strategy,
        suggestions=len(allocation.edges),
        coverage=_share(int(listed.sum()), graph.seekers),
        coverage_possible=_share(int(listed.sum()), int(possible.sum())),
        exposure=exposure(allocation),
        must_haves_met=_must_haves(allocation),
        expected=float(graph.value[allocation.edges].sum()),
        ndcg_loss=1.0 - _kept(allocation, beside or allocation),
    )


def curve(
    graph: CandidateGraph,
    capacities: Capacities,
    bounds: Bounds,
    strategy: Strategy,
    congestion: Iterable[float],
    seed: int = 0,
) -> Iterator[tuple[float, Report]]:
    """The figures as the price of congestion rises; see `exposure_curve` for the hard bound."""
    beside = plain(graph, capacities)
    for price in congestion:
        priced = replace(bounds, congestion=price)
        yield price, report(allocate(graph, capacities, priced, strategy, seed), beside)


def exposure_curve(
    graph: CandidateGraph,
    capacities: Capacities,
    bounds: Bounds,
    strategy: Strategy,
    exposures: Iterable[int],
    seed: int = 0,
) -> Iterator[tuple[int, Report]]:
    """The figures as the bound on exposure moves."""
    beside = plain(graph, capacities)
    for most in exposures:
        bound = replace(bounds, exposure=most)
        yield most, report(allocate(graph, capacities, bound, strategy, seed), beside)


def plain(graph: CandidateGraph, capacities: Capacities) -> Allocation:
    """Everyone's best, whoever is crowded: what the others are measured against."""
    unlimited = Capacities.of(graph, lists=capacities.lists)
    return allocate(graph, unlimited, Bounds(congestion=0.0), TopK())


def _must_haves(allocation: Allocation) -> float | None:
    graph = allocation.graph
    if graph.must_haves is None:
        return None
    met = np.zeros(graph.seekers, dtype=np.int64)
    np.bitwise_or.at(met, graph.seeker[allocation.edges], graph.must_haves.met[allocation.edges])
    return _share(int(np.bitwise_count(met).sum()), int(graph.must_haves.stated.sum()))


def _kept(allocation: Allocation, beside: Allocation) -> float:
    """Mean over the seekers that have suggestions there; an empty list keeps nothing."""
    found, best = _gains(allocation), _gains(beside)
    counted = best > 0
    return float(np.mean(found[counted] / best[counted])) if counted.any() else 1.0


def _gains(allocation: Allocation) -> Floats:
    """DCG@10 of each seeker's list, shape (seekers,)."""
    graph = allocation.graph
    seeker, value = graph.seeker[allocation.edges], graph.value[allocation.edges]
    rank = ranks(seeker, graph.seekers)
    gains = np.where(rank < NDCG_PLACES, value / np.log2(rank + 2), 0.0)
    return np.bincount(seeker, gains, graph.seekers).astype(np.float64)


def _share(part: int, whole: int) -> float:
    return float(part / whole) if whole else 1.0
