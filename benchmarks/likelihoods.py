"""How likely an organisation answers a requirement of a call: the fit of its three constants.

    python -m benchmarks.likelihoods

Labelled are the demonstration's needs, each with the partner that was written to answer it, and
the needs in words of the golden set's tuning half; organisations of both sets stand in one pool.
Prints the logistic regression that belongs into `domain/consortium/constants.py`, its log loss
beside those of either part alone, and, leaving out one tenth of the needs at a time, how many of
those above a threshold are the answers, and how many of the answers are above it.
"""

import argparse
import asyncio
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.labelled_needs import LabelledNeed, labelled_needs, pool_of
from cli.evaluating import workplace
from services.matcher.domain.consortium.constants import LIKELIHOOD, MOST_STANDARD
from services.matcher.domain.learning.logistic import fit_logistic, sigmoid
from services.matcher.evaluation.dataset import Corpus
from services.matcher.evaluation.main import (
    Plan,
    default_cache_directory,
    prepared_platform,
    quiet_logs,
)
from services.matcher.evaluation.production import READER, ProductionEngine
from services.matcher.ports import IndexFilter
from services.matcher.service.call_coverage import CallScope
from shared.contracts.consortia import CallRequirement
from shared.contracts.organisation import Side

Floats = NDArray[np.float64]
THRESHOLDS = (0.2, 0.3, 0.5)
FOLDS = 10


def main() -> None:
    """Fit and report."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--cache", type=Path, default=default_cache_directory())
    cache: Path = parser.parse_args().cache
    quiet_logs()
    needs, corpus = labelled_needs(), pool_of()
    with workplace() as (folder, database_url):
        plan = Plan(folder, database_url, folder / "index", cache.expanduser())
        grounds, labels, groups = asyncio.run(measured(plan, corpus, needs))
    report(grounds, labels, groups)


async def measured(
    plan: Plan, corpus: Corpus, needs: list[LabelledNeed]
) -> tuple[Floats, Floats, NDArray[np.intp]]:
    """Sums and standard scores (pairs, 2), whether a pair is the answer, and of which need."""
    async with prepared_platform(plan, corpus) as engine:
        return await _grounds(engine, corpus, needs)


async def _grounds(
    engine: ProductionEngine, corpus: Corpus, needs: list[LabelledNeed]
) -> tuple[Floats, Floats, NDArray[np.intp]]:
    consortia = engine.use_cases.consortia
    everybody = engine.platform_ids(one.id for one in corpus.organisations)
    requirements = [
        CallRequirement(id=f"need-{place}", text=one.text) for place, one in enumerate(needs)
    ]
    everywhere = IndexFilter(side=Side.CAPABILITY)
    scope = CallScope(requirements, everywhere, (), everybody, (), frozenset())
    coverage = await consortia.cover.coverage(consortia.live.current(), scope, READER)
    pairs, labels, groups = [], [], []
    for row, need in enumerate(needs):
        for column, one in enumerate(coverage.scored.organisations):
            if one.id != need.asker and not np.isnan(coverage.grounds[row, column]).any():
                pairs.append(coverage.grounds[row, column])
                labels.append(float(one.id == need.answer))
                groups.append(row)
    return np.array(pairs), np.array(labels), np.array(groups)


def report(grounds: Floats, labels: Floats, groups: NDArray[np.intp]) -> None:
    """In words and figures."""
    bounded = np.column_stack(
        [grounds[:, 0], grounds[:, 1].clip(-MOST_STANDARD, MOST_STANDARD), np.ones(len(labels))]
    )
    found = _fitted(bounded, labels)
    print(f"{len(set(groups.tolist()))} needs, {len(labels)} pairs, {int(labels.sum())} answers")
    print("LIKELIHOOD =", tuple(round(float(one), 2) for one in found), "now", LIKELIHOOD)
    print(f"log loss {_loss(bounded, labels, found):.4f}", end="")
    for name, columns in (("ranking", [0, 2]), ("best statement", [1, 2])):
        part = bounded[:, columns]
        print(f", of the {name} alone {_loss(part, labels, _fitted(part, labels)):.4f}", end="")
    held_out = _held_out(bounded, labels, groups)
    print(f", held out {_log_loss(held_out, labels):.4f}")
    for threshold in THRESHOLDS:
        above = held_out >= threshold
        right, recalled = labels[above].mean(), labels[above].sum() / labels.sum()
        print(
            f"above {threshold}: {right:.2f} are answers, {recalled:.2f} of the answers are there"
        )


def _held_out(design: Floats, labels: Floats, groups: NDArray[np.intp]) -> Floats:
    """Of each tenth of the needs, by the others."""
    result = np.zeros(len(labels))
    for part in range(FOLDS):
        own = groups % FOLDS == part
        result[own] = sigmoid(design[own] @ _fitted(design[~own], labels[~own]))
    return result


def _fitted(design: Floats, labels: Floats) -> Floats:
    nothing = np.zeros(design.shape[1])
    return fit_logistic(design, labels, np.ones(len(labels)), towards=nothing, penalty=nothing)


def _loss(design: Floats, labels: Floats, coefficients: Floats) -> float:
    return _log_loss(sigmoid(design @ coefficients), labels)


def _log_loss(shown: Floats, labels: Floats) -> float:
    inside = shown.clip(1e-12, 1 - 1e-12)
    return float(-(labels * np.log(inside) + (1 - labels) * np.log(1 - inside)).mean())


if __name__ == "__main__":
    main()
