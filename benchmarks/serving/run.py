"""One run: a platform that grows, and what is measured on the way and at the end."""

import asyncio
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.bare import BareEncoder, BareIndex
from benchmarks.imports import measure_import
from benchmarks.measurement import median
from benchmarks.performance_page import measured_with
from benchmarks.running_platform import RunningPlatform
from benchmarks.serving.beside import Latencies, Requests
from benchmarks.serving.growth import Step, exponent
from benchmarks.serving.loading import Loading
from benchmarks.serving.many_clients import sustained
from benchmarks.serving.memory import memory
from benchmarks.serving.world import PER_ORGANISATION, World
from benchmarks.serving.writes import Written, write_bare, write_one_at_a_time
from services.matcher.embedding.sentence_transformer import load_embedder
from services.matcher.ports import Vectors

PARTS = ("growth", "latency", "clients", "writes", "bulk", "memory")
Keep = Callable[[dict[str, Any]], None]
_VERSIONS = ("hezuo", "torch", "qdrant-edge-py", "sentence-transformers", "httpx2")


@dataclass(frozen=True)
class Size:
    """How much is measured."""

    name: str
    organisations: int
    growth: tuple[int, ...]
    """Organisations of the steps before the last."""
    samples: int
    """Pairs of requests of a latency."""
    step_samples: int
    seconds: float
    """Of many clients."""
    writes: int


FULL = Size("full", 20_000, (200, 2_000), 300, 60, 20.0, 100)
QUICK = Size("quick", 2_000, (40, 200), 60, 20, 5.0, 25)


class Run:
    """Everything in one temporary folder; the platform is stopped at the end."""

    def __init__(self, folder: Path, size: Size, parts: frozenset[str], keep: Keep) -> None:
        """`keep` is given all figures after each part: an hour's work is not lost with the rest."""
        self._folder = folder
        self._size = size
        self._parts = parts
        self._platform = RunningPlatform(folder / "data")
        self._encoder = BareEncoder()
        self._keep = keep
        self._figures: dict[str, Any] = {
            "size": size.name,
            "organisations": size.organisations,
            "statements": size.organisations * PER_ORGANISATION,
        }

    async def measured(self) -> dict[str, Any]:
        """The figures of the parts, ready for JSON."""
        _say("embedding the parts of the statements")
        embedder = load_embedder()
        world, model = World(embedder), embedder.model
        self._figures["model"] = model
        del embedder
        try:
            self._platform.up()
            loading = Loading(self._platform, world, self._folder, model)
            await self._grown(world, loading)
        finally:
            self._platform.down()
        return self._figures

    async def _grown(self, world: World, loading: Loading) -> None:
        steps = []
        for number, organisations in enumerate((*self._size.growth, self._size.organisations)):
            last = organisations == self._size.organisations
            if not last and "growth" not in self._parts:
                continue
            _say(f"loading {organisations:,} organisations")
            self._figures["load_seconds"] = await loading.grow(organisations)
            with self._index(f"bare-{number}", world, organisations) as index:
                if "growth" in self._parts:
                    steps.append(self._step(world, index, organisations))
                if last:
                    await self._parts_at_the_end(world, index)
        if steps:
            self._note("growth", _growth(steps))

    async def _parts_at_the_end(self, world: World, index: BareIndex) -> None:
        if self._parts & {"latency", "clients"}:
            self._latency(world, index)
        if "writes" in self._parts:
            await self._writes(world, index)
        if "bulk" in self._parts:
            _say("bulk import")
            found = measure_import(self._platform, self._encoder, self._folder, count=100, rounds=3)
            self._note("bulk", found.as_dict())
        if "memory" in self._parts:
            statements = self._size.organisations * PER_ORGANISATION
            self._note("memory", memory(self._platform, statements, index.dimension).as_dict())

    def _step(self, world: World, index: BareIndex, organisations: int) -> Step:
        search, suggestions = self._latencies(world, index, organisations, self._size.step_samples)
        return Step(
            organisations * PER_ORGANISATION,
            median(search.ours),
            median(suggestions.ours),
            median(search.bare),
            median(suggestions.bare),
        )

    def _latency(self, world: World, index: BareIndex) -> None:
        organisations = self._size.organisations
        found = self._latencies(world, index, organisations, self._size.samples)
        self._note("latency", [one.as_dict() for one in found])
        if "clients" not in self._parts:
            return
        _say("many clients")
        with self._platform.client() as client:
            asked = Requests(client, self._encoder, index, world, organisations)
            several = [
                sustained(one.name, ask, self._size.seconds, one.bare_rate).as_dict()
                for one, ask in zip(found, (asked.search, asked.suggestions), strict=True)
            ]
        self._note("clients", several)

    def _latencies(
        self, world: World, index: BareIndex, organisations: int, samples: int
    ) -> list[Latencies]:
        _say(f"latencies, {organisations:,} organisations")
        with self._platform.client() as client:
            asked = Requests(client, self._encoder, index, world, organisations)
            return list(asked.latencies(samples))

    async def _writes(self, world: World, index: BareIndex) -> None:
        _say("writes one at a time")
        writes = self._size.writes
        database = self._platform.database_url("matcher").replace("+asyncpg", "")
        async with self._platform.async_client() as client:
            ours = await write_one_at_a_time(client, database, world, writes)
        first = self._size.organisations * PER_ORGANISATION
        bare = await asyncio.to_thread(write_bare, self._encoder, index, world, writes, first)
        self._note("writes", Written(ours, bare).as_dict())

    @contextmanager
    def _index(self, name: str, world: World, organisations: int) -> Iterator[BareIndex]:
        index = BareIndex(self._folder / name, _vectors(world, organisations))
        try:
            yield index
        finally:
            index.close()

    def _note(self, part: str, figures: object) -> None:
        self._figures[part] = {"measured": measured_with(*_VERSIONS), "figures": figures}
        self._keep(self._figures)


def _vectors(world: World, organisations: int) -> Vectors:
    """Of all statements, in their order; shape (statements, dimension)."""
    some = range(0, organisations, 1000)
    return np.concatenate(
        [
            world.vectors(
                [
                    one
                    for number in range(start, min(start + 1000, organisations))
                    for one in world.statements(number)
                ]
            )
            for start in some
        ]
    )


def _growth(steps: list[Step]) -> dict[str, object]:
    sizes = [one.statements for one in steps]
    return {
        "steps": [asdict(one) for one in steps],
        "search": exponent(sizes, [one.search for one in steps]),
        "suggestions": exponent(sizes, [one.suggestions for one in steps]),
    }


def _say(text: str) -> None:
    print(f"... {text}", file=sys.stderr, flush=True)
