"""The exact rematch, the bare product of the same shapes, and how both grow."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

# Threads that spin while they wait cost more than they save as soon as anything else runs.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import numpy as np
import psutil
import torch

from benchmarks.rematch_vectors import DIMENSION, LIKELIHOOD, generated
from services.matcher.domain.exact.best import BestSoFar
from services.matcher.domain.exact.levels import LevelSample, with_levels
from services.matcher.domain.exact.product import BlockProduct, NumpyProduct
from services.matcher.domain.exact.search import (
    GroupPair,
    PreparedGroup,
    everyones_best,
    prepared_groups,
)
from services.matcher.domain.exact.statements import AllStatements
from services.matcher.domain.rematch.near import near_to_bytes, nearest_of
from services.matcher.domain.rematch.plan import Plan
from services.matcher.embedding.block_product import TorchProduct

LIMIT = 100
_SLAB = 2048
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
PARTS, GROUPS = 28, 7
"""Pairs of groups that workers share."""
PRODUCTS: dict[str, Callable[[], BlockProduct]] = {
    "torch bf16": lambda: TorchProduct(LIKELIHOOD, half=True),
    "torch float32": lambda: TorchProduct(LIKELIHOOD, half=False),
    "numpy float32": lambda: NumpyProduct(LIKELIHOOD),
}


@dataclass(frozen=True)
class Timed:
    """Seconds of each round, and the memory that a search adds at its peak."""

    name: str
    seconds: list[float]
    megabytes: float | None = None


def bare_blas(statements: AllStatements) -> float:
    """Seconds of one float32 product of all needs with all capabilities, in slabs."""
    needs, offers = statements.needs.vectors, statements.capabilities.vectors
    out = np.empty((_SLAB, len(offers)), dtype=np.float32)
    started = time.perf_counter()
    for start in range(0, len(needs), _SLAB):
        slab = needs[start : start + _SLAB]
        np.matmul(slab, offers.T, out=out[: len(slab)])
    return time.perf_counter() - started


def bare_bf16(statements: AllStatements) -> float:
    """The same in 16 bits by torch."""
    needs = torch.from_numpy(statements.needs.vectors).bfloat16()
    offers = torch.from_numpy(statements.capabilities.vectors).bfloat16()
    out = torch.empty(_SLAB, len(offers), dtype=torch.bfloat16)
    started = time.perf_counter()
    for start in range(0, len(needs), _SLAB):
        slab = needs[start : start + _SLAB]
        torch.matmul(slab, offers.T, out=out[: len(slab)])
    return time.perf_counter() - started


def as_a_job(statements: AllStatements, product: BlockProduct, limit: int) -> BestSoFar:
    """What a job's partitions compute, one after the other, without PostgreSQL: levels, groups in
    the product's form, each pair of groups once, results as they are staged, and their merger."""
    plan = Plan(date(2026, 1, 1), dict.fromkeys(_ids(statements), 1), tuple(_ids(statements)))
    sample = LevelSample.of(statements)
    numbers = [np.array([plan.numbers[id] for id in group]) for group in plan.groups]
    groups = [
        PreparedGroup(with_levels(statements.of_organisations(one), sample, one), one, product)
        for one in numbers
    ]
    staged = [_staged(groups[one], groups[other], limit) for one, other in plan.pairs()]
    return nearest_of(staged, np.arange(statements.organisations), limit)


def _ids(statements: AllStatements) -> list[str]:
    return [f"{number:08d}" for number in range(statements.organisations)]


def _staged(first: PreparedGroup, second: PreparedGroup, limit: int) -> bytes:
    mine, theirs = GroupPair(first, second).best(limit)
    alone = first is second
    return near_to_bytes(
        [(first.numbers, mine)] if alone else [(first.numbers, mine), (second.numbers, theirs)]
    )


def exact(statements: AllStatements, name: str) -> tuple[float, float, BestSoFar]:
    """Seconds with preparation, megabytes that were added, and what was found."""
    process = psutil.Process()
    before = process.memory_info().rss
    started = time.perf_counter()
    best = as_a_job(statements, PRODUCTS[name](), LIMIT)
    seconds = time.perf_counter() - started
    return seconds, (process.memory_info().rss - before) / 2**20, best


def side_by_side(statements: AllStatements, rounds: int, names: Sequence[str]) -> list[Timed]:
    """Everything in turns, so that all see the same machine."""
    found: dict[str, list[float]] = {"bare BLAS float32": [], "bare bf16": []}
    memory: dict[str, float] = {}
    for _ in range(rounds):
        found["bare BLAS float32"].append(bare_blas(statements))
        found["bare bf16"].append(bare_bf16(statements))
        for name in names:
            seconds, megabytes, _ = exact(statements, name)
            found.setdefault(name, []).append(seconds)
            memory[name] = max(memory.get(name, 0.0), megabytes)
    return [Timed(name, seconds, memory.get(name)) for name, seconds in found.items()]


def agreement(statements: AllStatements, at: int = 50) -> float:
    """Share of everyone's best `at` of the float32 search that the 16-bit one finds."""
    kept = []
    for name in ("numpy float32", "torch bf16"):
        groups = prepared_groups(statements, PRODUCTS[name]())
        keys = everyones_best(groups, statements.organisations, at).partners()
        kept.append(keys.organisation * statements.organisations + keys.partner)
    return float(np.isin(kept[0], kept[1]).mean())


def growth(sizes: Sequence[int], name: str) -> list[tuple[int, float]]:
    """Seconds by number of statements, five to an organisation."""
    found = []
    for size in sizes:
        statements = generated(size // 5, size)
        exact(statements, name)
        found.append(
            (size, min(exact(statements, name)[0] for _ in range(3 if size < 50_000 else 1)))
        )
    return found


def exponent(points: Sequence[tuple[int, float]]) -> float:
    """Of the power that fits best, by least squares of the logarithms."""
    x, y = np.log(np.array(points, dtype=float)).T
    return float(np.polyfit(x, y, 1)[0])


def scaling(organisations: int, statements: int, workers: Sequence[int]) -> dict[int, float]:
    """Seconds by number of worker processes of one thread each, without start and loading."""
    return {count: _with_workers(organisations, statements, count) for count in workers}


def _with_workers(organisations: int, statements: int, count: int) -> float:
    command = [sys.executable, "-m", "benchmarks.rematch_worker", str(organisations)]
    command += [str(statements), str(count)]
    processes = [
        subprocess.Popen(
            [*command, str(number)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | dict.fromkeys(_THREADS, "1"),
        )
        for number in range(count)
    ]
    for process in processes:
        _line(process)
    started = time.perf_counter()
    for process in processes:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        _line(process)
    seconds = time.perf_counter() - started
    for process in processes:
        process.communicate()
    return seconds


def _line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout
    line = process.stdout.readline()
    if not line:
        raise RuntimeError("a worker ended before its work was done")
    return line


def gigaflops(statements: AllStatements) -> float:
    """Of one product of both sides, in thousand millions."""
    rows = len(statements.needs.vectors) * len(statements.capabilities.vectors)
    return 2 * rows * DIMENSION / 1e9
