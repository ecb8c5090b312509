"""Runs engines and baselines over a data set and measures them."""

from collections.abc import Sequence
from time import perf_counter

import numpy as np

from services.matcher.evaluation.baselines.base import Baseline
from services.matcher.evaluation.bootstrap import intervals
from services.matcher.evaluation.contract import RankingCheck
from services.matcher.evaluation.dataset import Dataset, Query
from services.matcher.evaluation.engine import Progress, RankingEngine, silent
from services.matcher.evaluation.first_pages import first_pages
from services.matcher.evaluation.groups import Group, groups_of
from services.matcher.evaluation.metrics import METRICS, Values, per_query
from services.matcher.evaluation.results import EngineResult, Evaluation, GroupResult
from services.matcher.evaluation.run_file import Run


async def evaluate(
    dataset: Dataset,
    engines: Sequence[RankingEngine],
    baselines: Sequence[Baseline] = (),
    progress: Progress = silent,
) -> Evaluation:
    """Every engine over every query, every baseline over those that it applies to.

    Raises BrokenRankingError when one ranks what a query rules out.
    """
    groups = groups_of(dataset)
    queries = dataset.corpus.queries
    results = [
        await _measure(dataset, one, queries, groups, progress, baseline=False) for one in engines
    ]
    for one in baselines:
        fitting = [query for query in queries if one.applies_to(dataset.corpus, query)]
        if fitting:
            results.append(await _measure(dataset, one, fitting, groups, progress, baseline=True))
    answered = {query for group in groups for query in group.queries}
    return Evaluation(
        dataset=dataset.corpus.name,
        organisations=len(dataset.corpus.organisations),
        queries=len(queries),
        left_out=tuple(one.id for one in queries if one.id not in answered),
        warnings=dataset.warnings,
        engines=tuple(results),
    )


async def _measure(
    dataset: Dataset,
    engine: RankingEngine,
    queries: Sequence[Query],
    groups: Sequence[Group],
    progress: Progress,
    *,
    baseline: bool,
) -> EngineResult:
    started = perf_counter()
    await engine.prepare(dataset.corpus, progress)
    run = await _rank(dataset, engine, queries, progress)
    names = [one.id for one in queries if dataset.relevant(one.id)]
    values = per_query(dataset.relevance, run, names)
    return EngineResult(
        name=engine.name,
        baseline=baseline,
        seconds=perf_counter() - started,
        groups=tuple(_summaries(groups, names, values)),
        per_query={
            name: dict(zip(METRICS, row.tolist(), strict=True))
            for name, row in zip(names, values, strict=True)
        },
        run=run,
        first_pages=None if baseline else first_pages(dataset, run),
    )


async def _rank(
    dataset: Dataset, engine: RankingEngine, queries: Sequence[Query], progress: Progress
) -> Run:
    check = RankingCheck(engine.name, dataset.corpus)
    run: Run = {}
    for place, query in enumerate(queries):
        progress(f"ranking: {engine.name}", place, len(queries))
        run[query.id] = check(query, await engine.rank(query))
    progress(f"ranking: {engine.name}", len(queries), len(queries))
    return run


def _summaries(groups: Sequence[Group], names: Sequence[str], values: Values) -> list[GroupResult]:
    row = {name: place for place, name in enumerate(names)}
    found = []
    for group in groups:
        rows = np.array([row[name] for name in group.queries if name in row], dtype=np.intp)
        if len(rows):
            estimates = dict(zip(METRICS, intervals(values[rows]), strict=True))
            found.append(GroupResult(group.by, group.name, len(rows), estimates))
    return found
