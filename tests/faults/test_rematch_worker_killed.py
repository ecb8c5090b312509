"""FAULTS 13 with processes: a worker that is killed loses no partition, and none counts twice."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from deploy.embedded.nats import EmbeddedNats
from services.matcher.rematch_worker import PublishTasks
from services.matcher.service.rematch.computing import Pace
from shared.contracts.rematch import RematchState
from shared.nats_bus import NatsBus
from tests.integration.matcher_rematch.conftest import RematchBench
from tests.integration.matcher_rematch.conftest import rematch as rematch
from tests.integration.matcher_rematch.conftest import small_partitions as small_partitions
from tests.integration.matcher_rematch.test_rematch_jobs import wanted

pytestmark = [pytest.mark.anyio, pytest.mark.faults]


@asynccontextmanager
async def worker(rematch: RematchBench) -> AsyncIterator[asyncio.subprocess.Process]:
    environment = {
        **os.environ,
        "HEZUO_DATABASE_URL": rematch.bench.database.engine.url.render_as_string(False),
        "HEZUO_NATS_URL": rematch.nats_url,
        "HEZUO_INTERNAL_SECRET": "x" * 40,
        "HEZUO_PARENT_PID": str(os.getpid()),
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "services.matcher", "worker", env=environment
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def _begun(rematch: RematchBench, id: str) -> None:
    while (await rematch.cases.desk.get(id)).state is RematchState.QUEUED:
        await asyncio.sleep(0.005)


async def test_what_a_killed_worker_had_taken_is_done_once(
    rematch: RematchBench, migrated_database: Callable[[str], str], nats_server: EmbeddedNats
) -> None:
    bus = await NatsBus.connect(rematch.nats_url, name="test")
    publishing = asyncio.create_task(PublishTasks(rematch.bench.store, bus, Pace()).run())
    try:
        digests = []
        for kill in (False, True):
            job = await rematch.started(wanted(dry_run=True))
            async with worker(rematch) as one:
                await _begun(rematch, job.id)
                if kill:
                    one.send_signal(signal.SIGKILL)
                    await one.wait()
                    left = await rematch.cases.desk.get(job.id)
                    assert left.progress.partitions_done < left.progress.partitions
                async with worker(rematch):
                    ended = await rematch.ended(job.id, seconds=120)
            assert ended.state is RematchState.DONE, ended.problem
            assert ended.progress.organisations_done == ended.progress.organisations
            async with rematch.bench.store.transaction() as transaction:
                digests.append(await transaction.rematch.results.digest_of(job.id))
        assert digests[0] == digests[1]
    finally:
        publishing.cancel()
        await asyncio.gather(publishing, return_exceptions=True)
        await bus.close()
