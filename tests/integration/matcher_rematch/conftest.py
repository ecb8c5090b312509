"""Rematch jobs over real PostgreSQL, a real queue and a real index."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import pytest

from deploy.embedded.nats import EmbeddedNats
from services.matcher.domain.field_tree import FieldTree
from services.matcher.domain.language_correction import CorrectionStatistics
from services.matcher.domain.matches.policy import MatchPolicy
from services.matcher.domain.rematch import plan
from services.matcher.embedding.cached import CachedEmbedder
from services.matcher.embedding.product_choice import ProductChoice
from services.matcher.index.tokens import EDITION, document_vector, query_vector, tokens
from services.matcher.ports import Lexicon
from services.matcher.rematch_cases import RematchCases, WorkerParts, only, rematch_cases, worker_of
from services.matcher.rematch_worker import PublishTasks
from services.matcher.service.collections import Collections
from services.matcher.service.matches.cases import Cases
from services.matcher.service.matches.suggesting import RecordSuggested
from services.matcher.service.rematch import starting
from services.matcher.service.rematch.computing import Pace
from shared.contracts.principal import Principal, Role
from shared.contracts.rematch import RematchJob, RematchRequest
from shared.nats_bus import NatsBus
from tests.support.matcher_bench import MatcherBench, matcher_bench
from tests.support.memory_folder import memory_folder
from tests.support.profiles import profile

PACE = Pace(heartbeat=0.1, lease=0.8, ack_wait=1.0, lost=2.0, retry=0.2)
ALL = Principal(subject="carol", role=Role.COORDINATOR)
TOPICS = ("lenses", "ropes", "turbines", "mirrors", "valves", "sensors")
FIELDS = FieldTree({"optics": None, "optics-lenses": "optics"})


@dataclass
class RematchBench:
    """Use cases, and workers by the number."""

    bench: MatcherBench
    cases: RematchCases
    parts: WorkerParts
    nats_url: str

    async def started(self, request: RematchRequest | None = None) -> RematchJob:
        return await self.cases.desk.start(request or RematchRequest(), ALL, None)

    async def ended(self, id: str, *, seconds: float = 60) -> RematchJob:
        async with asyncio.timeout(seconds):
            while not (job := await self.cases.desk.get(id)).state.ended:
                await asyncio.sleep(0.02)
        return job

    @asynccontextmanager
    async def workers(self, *parts: WorkerParts) -> AsyncIterator[list[asyncio.Task[None]]]:
        """One for each of the parts, and somebody who tells the queue."""
        buses = [await NatsBus.connect(self.nats_url, name="test") for _ in (*parts, self)]
        publishing = PublishTasks(self.bench.store, buses[-1], PACE)
        tasks = [asyncio.create_task(publishing.run())]
        pairs = zip(parts, buses, strict=False)
        tasks += [asyncio.create_task(worker_of(one, bus).run()) for one, bus in pairs]
        try:
            yield tasks[1:]
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            for bus in buses:
                await bus.close()

    async def run(
        self, request: RematchRequest | None = None, workers: int = 1
    ) -> tuple[RematchJob, str]:
        """A job from its start to its end, and the digest of its result."""
        job = await self.started(request)
        named = [replace(self.parts, name=f"worker {number}") for number in range(workers)]
        async with self.workers(*named):
            ended = await self.ended(job.id)
        async with self.bench.store.transaction() as transaction:
            digest = await transaction.rematch.results.digest_of(job.id)
        return ended, digest or ""


@pytest.fixture(scope="module")
async def rematch(
    migrated_database: Callable[[str], str], nats_server: EmbeddedNats
) -> AsyncIterator[RematchBench]:
    with memory_folder() as folder:
        url = migrated_database("services.matcher")
        async with matcher_bench(url, folder / "index") as bench:
            await _fill(bench)
            cases = rematch_cases(bench.store, FIELDS)
            yield RematchBench(bench, cases, _parts(bench), nats_server.url)


@pytest.fixture(autouse=True)
def small_partitions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starting, "partitions", lambda ids: tuple((i,) for i in sorted(ids)))
    monkeypatch.setattr(plan, "FEWEST_GROUPS", 2)


async def _fill(bench: MatcherBench) -> None:
    """Everyone offers one topic and needs the next one; two say only what they do."""
    for topic in TOPICS:
        for side in ("a", "b"):
            fill(bench, topic, side)
    for side in ("a", "b"):
        offered = f"lenses and mirrors of shop {side} made and tested"
        bench.profiles.save(
            f"silent-{side}", profile(f"silent {side}", capabilities={"c": offered})
        )
    await bench.take_in.take_in(sorted(bench.profiles.stored))


def fill(bench: MatcherBench, topic: str, side: str) -> None:
    """One of those."""
    wanted = TOPICS[(TOPICS.index(topic) + 1) % len(TOPICS)]
    offered = {"c": f"{topic} of house {side} made and tested"}
    needs = {"n": f"{wanted} that last, for plant {side}"}
    bench.profiles.save(
        f"{topic}-{side}", profile(f"{topic} {side}", capabilities=offered, needs=needs)
    )


def _parts(bench: MatcherBench) -> WorkerParts:
    collections = Collections(
        bench.store,
        bench.indexes,
        CachedEmbedder(bench.embedder, bench.embeddings),
        Lexicon(document_vector, query_vector, tokens, EDITION),
        lambda model: CorrectionStatistics(model, {}),
    )
    suggested = RecordSuggested(Cases(bench.store, MatchPolicy()))
    return WorkerParts(
        bench.store,
        suggested,
        only(collections),
        24,
        bench.listing,
        PACE,
        product=ProductChoice.NUMPY,
        name="worker",
    )
