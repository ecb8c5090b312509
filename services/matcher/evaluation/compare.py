"""Two configurations on the same queries: what got better, what worse, and whether it is chance."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from services.matcher.evaluation.bootstrap import Estimate, intervals
from services.matcher.evaluation.dataset import Dataset
from services.matcher.evaluation.metrics import METRICS, Values, per_query
from services.matcher.evaluation.run_file import Run
from services.matcher.evaluation.significance import paired_p_value

MAIN = "nDCG@10"
_SAME = 1e-9


class IncomparableError(Exception):
    """The two sides have no query in common, or one knows what the data set does not."""


@dataclass(frozen=True)
class Difference:
    """One metric: both means, B - A with its 95 % interval, and the paired p value."""

    metric: str
    a: float
    b: float
    change: Estimate
    p: float


@dataclass(frozen=True)
class Moved:
    """A query whose figure changed."""

    query: str
    a: float
    b: float


@dataclass(frozen=True)
class Comparison:
    """`better` and `worse` by one metric, the largest change first."""

    a: str
    b: str
    metric: str
    queries: int
    differences: tuple[Difference, ...]
    better: tuple[Moved, ...]
    worse: tuple[Moved, ...]
    same: int
    only_a: tuple[str, ...] = ()
    only_b: tuple[str, ...] = ()


def figures_of(dataset: Dataset, run: Run) -> dict[str, dict[str, float]]:
    """The metrics of each query that has a relevant organisation; 0 where the run lacks it.

    Raises IncomparableError on a query or an organisation that the data set does not hold.
    """
    known = {query.id for query in dataset.corpus.queries}
    for query, ranking in run.items():
        if query not in known:
            raise IncomparableError(f"the data set has no query {query!r}")
        for name, _ in ranking:
            if name not in dataset.corpus.position:
                raise IncomparableError(f"the data set has no organisation {name!r} ({query})")
    names = [query.id for query in dataset.corpus.queries if dataset.relevant(query.id)]
    values = per_query(dataset.relevance, run, names)
    return {
        name: dict(zip(METRICS, row.tolist(), strict=True))
        for name, row in zip(names, values, strict=True)
    }


def compare(
    a: str,
    figures_a: Mapping[str, Mapping[str, float]],
    b: str,
    figures_b: Mapping[str, Mapping[str, float]],
    metric: str = MAIN,
) -> Comparison:
    """Over the queries that both have; `metric` says which of them moved.

    Raises IncomparableError when there is none, or no such metric.
    """
    if metric not in METRICS:
        raise IncomparableError(f"there is no metric {metric!r}; there are {', '.join(METRICS)}")
    shared = [query for query in figures_a if query in figures_b]
    if not shared:
        raise IncomparableError(f"{a} and {b} have no query in common")
    moved = [Moved(query, figures_a[query][metric], figures_b[query][metric]) for query in shared]
    better = [one for one in moved if one.b - one.a > _SAME]
    worse = [one for one in moved if one.a - one.b > _SAME]
    return Comparison(
        a=a,
        b=b,
        metric=metric,
        queries=len(shared),
        differences=tuple(
            _difference(
                metric,
                np.array([figures_a[query][metric] for query in shared]),
                np.array([figures_b[query][metric] for query in shared]),
            )
            for metric in METRICS
        ),
        better=tuple(sorted(better, key=lambda one: (one.a - one.b, one.query))),
        worse=tuple(sorted(worse, key=lambda one: (one.b - one.a, one.query))),
        same=len(shared) - len(better) - len(worse),
        only_a=tuple(query for query in figures_a if query not in figures_b),
        only_b=tuple(query for query in figures_b if query not in figures_a),
    )


def _difference(metric: str, a: Values, b: Values) -> Difference:
    change = intervals((b - a)[:, None])[0]
    return Difference(metric, float(a.mean()), float(b.mean()), change, paired_p_value(b - a))
