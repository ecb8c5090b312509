"""Profiles written one at a time, until their new text can be found."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import asyncpg
import httpx2 as httpx

from benchmarks.bare import BareEncoder, BareIndex
from benchmarks.measurement import median, milliseconds, percentile, spread
from benchmarks.serving.world import World

if TYPE_CHECKING:
    Pool = asyncpg.Pool[asyncpg.Record]

RATE = 5
"""Writes a second."""
_POLL_SECONDS = 0.01
_WAIT_SECONDS = 30.0


@dataclass(frozen=True)
class Written:
    """Milliseconds from the first byte of a write to its being searchable, and of the bare work."""

    ours: Sequence[float]
    bare: Sequence[float]

    @property
    def p95(self) -> float:
        """Milliseconds."""
        return percentile(self.ours, 0.95)

    def as_dict(self) -> dict[str, object]:
        """For the JSON file."""
        return {
            "writes": len(self.ours),
            "ours_p50": median(self.ours),
            "ours_p95": self.p95,
            "ours_spread": spread(self.ours),
            "bare_p50": median(self.bare),
            "bare_p95": percentile(self.bare, 0.95),
            "bare_spread": spread(self.bare),
        }


async def write_one_at_a_time(
    client: httpx.AsyncClient, database: str, world: World, writes: int
) -> list[float]:
    """Milliseconds of each, started `RATE` a second whether or not the last is searchable.

    The matcher commits an organisation's version after its points are durable in the index: from
    then on a search finds it.
    """
    pool = await asyncpg.create_pool(database, min_size=2, max_size=8)
    rows = [_with_one_statement(one) for one in world.organisations(range(-writes, 0))]
    try:
        started = []
        for row in rows:
            started.append(asyncio.create_task(_written(client, pool, row)))
            await asyncio.sleep(1 / RATE)
        return await asyncio.gather(*started)
    finally:
        await pool.close()


def write_bare(
    encoder: BareEncoder, index: BareIndex, world: World, writes: int, first: int
) -> list[float]:
    """One encode and one durable upsert for each of the same texts; points from `first` on."""
    texts = [world.statements(number)[0].text for number in range(-writes, 0)]

    def write(place: int) -> None:
        index.upsert(first + place, encoder.passages([texts[place]])[0])

    return [milliseconds(partial(write, place)) for place in range(writes)]


def _with_one_statement(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "capabilities": row["capabilities"][:1], "needs": []}


async def _written(client: httpx.AsyncClient, pool: "Pool", row: dict[str, Any]) -> float:
    started = time.perf_counter()
    answer = await client.post("/v1/organisations", json=row)
    answer.raise_for_status()
    version = int(answer.json()["version"])
    while time.perf_counter() - started < _WAIT_SECONDS:
        taken_in = await pool.fetchval("select version from organisation where id = $1", row["id"])
        if taken_in is not None and taken_in >= version:
            return 1000 * (time.perf_counter() - started)
        await asyncio.sleep(_POLL_SECONDS)
    raise TimeoutError(f"{row['id']} was not searchable after {_WAIT_SECONDS:.0f} s")
