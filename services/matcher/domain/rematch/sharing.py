"""From what the partitions have found to everyone's places."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from services.matcher.domain.allocation.allocate import Allocation, Strategy, allocate
from services.matcher.domain.allocation.bounds import CONGESTION_PRICE, Bounds, Capacities
from services.matcher.domain.allocation.graph import CandidateGraph, Floats, Ints, MustHaves
from services.matcher.domain.allocation.report import Report, plain, report
from services.matcher.domain.pairs import Pair
from services.matcher.domain.rematch.damping import damped
from services.matcher.domain.rematch.findings import Findings
from services.matcher.domain.rematch.stored import StandingPlace
from shared.contracts.rematch import RematchOptions

LISTS_FOR_EACH_INTRODUCTION = 20
"""In how many lists one may stand for each introduction that it can still take: few suggestions
come to an introduction."""
LEAST_SCORE = 0.01
"""Below it nobody is suggested, where the job names no minimum: what a pair is worth of which
nothing is known in either direction. At 0.1 not half of golden's organisations had a candidate.
The lower, the longer the lists, and the more there is to share out."""


@dataclass(frozen=True)
class Circle:
    """Who may be suggested to whom, as far as the scores do not say it."""

    versions: Mapping[str, int]
    """Of all active organisations."""
    introductions: Mapping[str, int]
    """How many more each can take."""
    apart: Collection[Pair]
    out: Collection[str]
    """Held, full or stale: in nobody's list, and without one."""


@dataclass(frozen=True)
class Shared:
    """Everyone's places, and what came of sharing them out."""

    places: tuple[StandingPlace, ...]
    report: Report


def shared_out(
    findings: Sequence[Findings],
    circle: Circle,
    standing: Sequence[StandingPlace],
    unchanged: Collection[str],
    options: RematchOptions,
    strategy: Strategy,
) -> Shared:
    """Deterministic, whatever the order of the findings.

    `standing` are all lists as they are; those of organisations that were not looked at stay and
    take their share of exposure. A place between two of `unchanged` is held on to by the margin.
    Raises InfeasibleBoundsError.
    """
    seekers = sorted(one.organisation for one in findings)
    partners = sorted(circle.versions)
    at = {id: place for place, id in enumerate(seekers)}
    of = {id: place for place, id in enumerate(partners)}
    i, j, value, met = _edges(findings, circle, at, of)
    kept = {
        (at[one.organisation], of[one.partner])
        for one in standing
        if one.organisation in at and one.partner in of and _both(one, unchanged)
    }
    least = options.minimum_score or LEAST_SCORE
    plainly = value >= least
    i, j, value, met = i[plainly], j[plainly], value[plainly], met[plainly]
    held = damped(i, j, value, kept, options.stay_margin)
    graph = CandidateGraph.of(len(seekers), len(partners), i, j, held)
    capacities = Capacities.of(
        graph, lists=options.places, exposure=_exposure(partners, circle, standing, at)
    )
    bounds = Bounds(
        exposure=options.most_lists,
        least=options.least,
        congestion=CONGESTION_PRICE if options.congestion is None else options.congestion,
    )
    given = allocate(graph, capacities, bounds, strategy, options.seed).given
    # Told without the margin for staying: that only decides who stays.
    must_haves = MustHaves(_stated(findings, at), met)
    worth = CandidateGraph.of(len(seekers), len(partners), i, j, value, must_haves=must_haves)
    allocation = Allocation(worth, _edges_of(worth, given), strategy.name, options.seed)
    places = _places(allocation, seekers, partners)
    return Shared(places, report(allocation, plain(worth, capacities)))


def _edges_of(graph: CandidateGraph, given: Ints) -> Ints:
    """Places in the graph's arrays of what stood there in those that it was made of."""
    order = np.empty(graph.edges, dtype=np.int64)
    order[graph.given] = np.arange(graph.edges)
    return np.sort(order[given])


def _edges(
    findings: Sequence[Findings],
    circle: Circle,
    at: Mapping[str, int],
    of: Mapping[str, int],
) -> tuple[Ints, Ints, Floats, Ints]:
    edges = [
        (at[one.organisation], of[partner.id], partner.score, partner.must_haves)
        for one in findings
        if one.organisation not in circle.out
        for partner in one.partners
        if _may(one.organisation, partner.id, circle)
    ]
    i, j, value, met = zip(*edges, strict=True) if edges else ((), (), (), ())
    return (
        np.array(i, dtype=np.int64),
        np.array(j, dtype=np.int64),
        np.array(value, dtype=np.float64),
        np.array(met, dtype=np.int64),
    )


def _stated(findings: Sequence[Findings], at: Mapping[str, int]) -> Ints:
    """Must-haves of each seeker."""
    stated = np.zeros(len(at), dtype=np.int64)
    for one in findings:
        stated[at[one.organisation]] = one.must_haves
    return stated


def _may(organisation: str, partner: str, circle: Circle) -> bool:
    known = partner in circle.versions and partner not in circle.out and partner != organisation
    return known and Pair.of(organisation, partner) not in circle.apart


def _both(place: StandingPlace, unchanged: Collection[str]) -> bool:
    return place.organisation in unchanged and place.partner in unchanged


def _exposure(
    partners: Sequence[str],
    circle: Circle,
    standing: Sequence[StandingPlace],
    looked_at: Collection[str],
) -> Ints:
    """Of which the lists that stay as they are have taken their share."""
    taken: dict[str, int] = {}
    for place in standing:
        if place.organisation not in looked_at:
            taken[place.partner] = taken.get(place.partner, 0) + 1
    left = [
        circle.introductions.get(one, 0) * LISTS_FOR_EACH_INTRODUCTION - taken.get(one, 0)
        for one in partners
    ]
    return np.maximum(np.array(left, dtype=np.int64), 0)


def _places(
    allocation: Allocation, seekers: Sequence[str], partners: Sequence[str]
) -> tuple[StandingPlace, ...]:
    """In the order of the graph's edges: by seeker, best first."""
    graph, edges = allocation.graph, allocation.edges
    columns = (graph.seeker[edges], graph.partner[edges], graph.value[edges])
    places: list[StandingPlace] = []
    for seeker, partner, value in zip(*(one.tolist() for one in columns), strict=True):
        id = seekers[seeker]
        rank = places[-1].rank + 1 if places and places[-1].organisation == id else 1
        places.append(StandingPlace(id, partners[partner], rank, value))
    return tuple(places)
