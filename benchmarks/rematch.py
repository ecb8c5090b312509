"""`python -m benchmarks.rematch`: the exact rematch, its limit, and what one would pick instead.

Generated vectors; prints tables, writes build/rematch.json, plots and a section of
docs/performance.md. About seven minutes on two quiet cores, --quick one.
"""

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from benchmarks import rematch_exact as ours
from benchmarks import rematch_retrieval as retrieval
from benchmarks import rematch_rivals as rivals
from benchmarks.rematch_page import print_tables, write_page
from benchmarks.rematch_pgvector import pgvector
from benchmarks.rematch_retrieval import Retrieval
from benchmarks.rematch_rivals import Rival
from benchmarks.rematch_vectors import generated
from services.matcher.domain.exact.statements import AllStatements

_JSON = Path(__file__).parents[1] / "build" / "rematch.json"


@dataclass(frozen=True)
class Size:
    """How much is measured."""

    organisations: int
    statements: int
    rounds: int
    growth: tuple[int, ...]
    sample: int
    """Statements that rivals are asked for."""
    scaled: int
    """Statements of the scaling over workers."""
    option: str = ""
    """With which this size was asked for."""


FULL = Size(20_000, 100_000, 3, (1_000, 10_000, 100_000), 200, 40_000)
QUICK = Size(4_000, 20_000, 2, (1_000, 4_000, 20_000), 50, 10_000, "--quick")


@dataclass
class Measured:
    """All figures of one run."""

    size: Size
    seconds: float = 0.0
    side_by_side: list[ours.Timed] = field(default_factory=list)
    gigaflops: float = 0.0
    agreement: float = 0.0
    growth: list[tuple[int, float]] = field(default_factory=list)
    exponent: float = 0.0
    scaling: dict[int, float] = field(default_factory=dict)
    rivals: list[Rival] = field(default_factory=list)
    retrieval: list[Retrieval] = field(default_factory=list)
    hnsw_build_seconds: float = 0.0


def main() -> int:
    """0 even when a reach is missed, since machines differ."""
    arguments = _arguments()
    started = time.perf_counter()
    measured = Measured(QUICK if arguments.quick else FULL)
    statements = generated(measured.size.organisations, measured.size.statements)
    _limit(measured, statements)
    with tempfile.TemporaryDirectory(prefix="hezuo-rematch-") as folder:
        asyncio.run(_beside(measured, statements, Path(folder)))
    _growth(measured)
    measured.seconds = time.perf_counter() - started
    print_tables(measured)
    arguments.json.parent.mkdir(parents=True, exist_ok=True)
    arguments.json.write_text(json.dumps(asdict(measured), indent=2), "utf-8")
    if not arguments.no_page:
        write_page(measured)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.rematch", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a fifth of the size")
    parser.add_argument("--no-page", action="store_true", help="leave docs/performance.md alone")
    parser.add_argument("--json", type=Path, default=_JSON)
    return parser.parse_args()


def _say(text: str) -> None:
    print(f"... {text}", file=sys.stderr, flush=True)


def _limit(measured: Measured, statements: AllStatements) -> None:
    _say("exact, beside the bare product")
    rounds = measured.size.rounds
    measured.side_by_side = ours.side_by_side(statements, rounds, ("torch bf16", "numpy float32"))
    measured.gigaflops = ours.gigaflops(statements)
    small = min(measured.size.statements, 20_000)
    measured.agreement = ours.agreement(generated(small // 5, small))


async def _beside(measured: Measured, statements: AllStatements, folder: Path) -> None:
    size = measured.size
    vectors = statements.capabilities.vectors
    asked = retrieval.Questions(vectors, statements.needs.vectors[: size.sample])
    _say("scikit-learn")
    for metric in ("euclidean", "cosine"):
        rival = rivals.nearest_neighbors(statements, metric, 20 * size.sample)
        measured.rivals.append(rival)
    _say("the index, one organisation after the other")
    index = retrieval.edge_index(folder / "edge", vectors)
    measured.rivals.append(rivals.organisation_loop(statements, index, size.sample))
    measured.retrieval += retrieval.edge("Qdrant Edge, exact", index, asked)
    index.close()
    _say("qdrant-client, local mode")
    client = rivals.local_client(vectors)
    measured.rivals.append(rivals.local_mode(statements, client, size.sample // 5))
    del client
    measured.retrieval.append(retrieval.local(vectors, asked, size.sample // 5))
    await _postgres(measured, statements, asked)


async def _postgres(
    measured: Measured, statements: AllStatements, asked: retrieval.Questions
) -> None:
    _say("pgvector")
    async with pgvector(statements.capabilities.vectors) as table:
        some = asked.queries[: measured.size.sample // 5]
        _, times = await table.ask(some, rivals.NEIGHBOURS)
        measured.rivals.append(_rival("pgvector, exact", times, statements))
        _say("pgvector builds its index")
        await table.build()
        measured.hnsw_build_seconds = table.build_seconds
        _, times = await table.ask(asked.queries, rivals.NEIGHBOURS, search=rivals.NEIGHBOURS)
        measured.rivals.append(_rival("pgvector, HNSW", times, statements))
        measured.retrieval.append(await retrieval.postgres(table, asked))


def _rival(name: str, times: Sequence[float], statements: AllStatements) -> Rival:
    total = len(statements.needs.vectors) + len(statements.capabilities.vectors)
    each = sum(times) / len(times) / 1000
    return Rival(name, each * total, len(times), total, "one query a statement")


def _growth(measured: Measured) -> None:
    _say("growth")
    *smaller, largest = measured.size.growth
    measured.growth = ours.growth(smaller, "torch bf16")
    full = next(one for one in measured.side_by_side if one.name == "torch bf16")
    measured.growth.append((largest, min(full.seconds)))
    measured.exponent = ours.exponent(measured.growth)
    _say("workers")
    scaled = measured.size.scaled
    measured.scaling = ours.scaling(scaled // 5, scaled, (1, 2))


if __name__ == "__main__":
    sys.exit(main())
