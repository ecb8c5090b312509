"""Matching with transferable utility: nobody would rather be with someone else for a price.

Choo and Siow, "Who Marries Whom and Why" (2006); solved by iterative proportional fitting (Decker,
Lieb, McCann and Stephens 2013; Galichon and Salanie, "Cupid's Invisible Hand", 2022). Used for
reciprocal recommendation by Tomita, Togashi and Moriwaki, "Matching Theory-based Recommender
Systems in Online Dating" (RecSys 2022).
"""

from dataclasses import dataclass

import numpy as np

from services.matcher.domain.allocation.bounds import Problem
from services.matcher.domain.allocation.graph import CandidateGraph, Floats, Ints, Mask
from services.matcher.domain.allocation.top_k import greedy

TEMPERATURE = 0.1
"""Of the unseen part of the utilities; in units of value."""

_ROUNDS = 500
_PRECISION = 1e-9


@dataclass(frozen=True)
class TransferableUtility:
    """Lists by the equilibrium's mass on each edge, within the capacities. Not `least`."""

    temperature: float = TEMPERATURE
    name: str = "transferable_utility"

    def chosen(self, problem: Problem, seed: int) -> Mask:
        """See `Strategy`; nothing here is random."""
        lists, exposure = problem.lists.astype(float), problem.exposure.astype(float)
        return greedy(problem, equilibrium(problem.graph, lists, exposure, self.temperature))


def equilibrium(
    graph: CandidateGraph, seekers: Floats, partners: Floats, temperature: float
) -> Floats:
    """Mass on each edge, shape (edges,): exp(value / 2T) * sqrt(free seekers * free partners).

    Each side's mass, shapes (seekers,) and (partners,), is what is matched and what stays free.
    """
    pull = np.exp((graph.value - graph.value.max(initial=0.0)) / (2 * temperature))
    a, b = np.sqrt(seekers), np.sqrt(partners)
    for _ in range(_ROUNDS):
        before = a
        a = _free(_sums(graph.seeker, pull * b[graph.partner], graph.seekers), seekers)
        b = _free(_sums(graph.partner, pull * a[graph.seeker], graph.partners), partners)
        if np.abs(a - before).max(initial=0.0) < _PRECISION:
            break
    return np.asarray(pull * a[graph.seeker] * b[graph.partner])


def _sums(places: Ints, weights: Floats, count: int) -> Floats:
    return np.bincount(places, weights, count).astype(np.float64)


def _free(pulled: Floats, mass: Floats) -> Floats:
    """The root of x**2 + x * pulled = mass, in the form that does not cancel."""
    half = pulled / 2
    return np.asarray(mass / (half + np.sqrt(half**2 + mass) + np.finfo(float).tiny))
