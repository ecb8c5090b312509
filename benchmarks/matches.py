"""`python -m benchmarks.matches`: the review queue with 5,000 organisations and 50,000 matches.

Times of the use cases over a PostgreSQL of their own, without HTTP; prints a table and writes
build/benchmarks-matches.json.
"""

import argparse
import asyncio
import json
import random
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import sqlalchemy as sa
from rich.console import Console
from rich.table import Table

from benchmarks.measurement import percentile
from deploy.embedded.postgres import EmbeddedPostgres
from services.matcher.domain.matches.queue import MatchFilter
from services.matcher.domain.matches.suggesting import SuggestedPair
from services.matcher.domain.pairs import Pair
from services.matcher.domain.statements import MatchedOrganisation
from services.matcher.domain.stored import StoredOrganisation
from services.matcher.schema import tables
from services.matcher.service.matches.cases import Cases
from services.matcher.service.matches.listing import ListMatches
from services.matcher.service.matches.reading import ReadMatches
from services.matcher.service.matches.suggesting import RecordSuggested
from services.matcher.storage.postgres import PostgresStore
from shared.contracts.matches import MatchSort, MatchState
from shared.contracts.organisation import Status
from shared.contracts.principal import Principal, Role
from shared.db import Database
from shared.migrations import migrate

_READER = Principal(subject="bench", role=Role.COORDINATOR)
_PROVINCES = ("110000", "310000", "320000", "420000", "440000")
_FIELDS = ("xr-display", "xr-comfort", "medical-xr", "education-xr", "xr-metrology")
_MIXED = """
update match set assignee = case when random() < .3 then 'ana' end, state =
  (array['suggested', 'in_review', 'approved', 'rejected', 'asked', 'introduced', 'closed'])
  [1 + floor(random() * 7)]
"""
Figures = dict[str, dict[str, float]]
Ask = Callable[[], Awaitable[object]]


def main() -> None:
    """Measure and print."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="hezuo-bench-") as folder:
        server = EmbeddedPostgres(Path(folder) / "data")
        server.start()
        try:
            server.create_database("bench")
            url = server.url("bench")
            migrate("services.matcher", url)
            figures = asyncio.run(_measured(url, arguments))
        finally:
            server.stop()
    _print(figures)
    arguments.json.parent.mkdir(parents=True, exist_ok=True)
    arguments.json.write_text(json.dumps(figures, indent=2))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matches", description=__doc__)
    parser.add_argument("--organisations", type=int, default=5_000)
    parser.add_argument("--matches", type=int, default=50_000)
    parser.add_argument("--samples", type=int, default=60)
    parser.add_argument("--json", type=Path, default=Path("build/benchmarks-matches.json"))
    return parser.parse_args()


async def _measured(url: str, arguments: argparse.Namespace) -> Figures:
    database = Database(url)
    try:
        cases = Cases(PostgresStore(database, tables))
        rng = random.Random(1)
        ids = await _organisations(cases, rng, arguments.organisations)
        seconds = await mixed_matches(cases, database, rng, ids, arguments.matches)
        figures = {f"record {arguments.matches} suggestions": {"seconds": seconds}}
        for name, ask in (await _questions(cases, ids)).items():
            figures[name] = await _sampled(ask, arguments.samples)
        return figures
    finally:
        await database.close()


async def mixed_matches(
    cases: Cases, database: Database, rng: random.Random, ids: list[str], count: int
) -> float:
    """Record so many pairs as a run does and set them to mixed states; seconds of recording."""
    pairs = _pairs(rng, ids, count)
    started = time.perf_counter()
    await RecordSuggested(cases).record(pairs, "run-1")
    seconds = time.perf_counter() - started
    async with database.transaction() as connection:
        await connection.execute(sa.text(_MIXED))
    alone = database.engine.execution_options(isolation_level="AUTOCOMMIT")
    async with alone.connect() as connection:
        await connection.execute(sa.text("vacuum analyze match"))
    return seconds


async def _organisations(cases: Cases, rng: random.Random, count: int) -> list[str]:
    ids = [f"org-{number:05d}" for number in range(count)]
    for start in range(0, count, 500):
        made = [_organisation(rng, id) for id in ids[start : start + 500]]
        async with cases.store.transaction() as transaction:
            await transaction.snapshots.lock([one.id for one in made])
            await transaction.snapshots.save(made)
    return ids


def _organisation(rng: random.Random, id: str) -> StoredOrganisation:
    profile = MatchedOrganisation(
        id=id,
        version=1,
        kind=rng.choice(("institution", "enterprise")),
        names={"zh": f"机构 {id}", "en": f"Organisation {id}"},
        country="CN",
        province=rng.choice(_PROVINCES),
        city_name=None,
        fields=tuple(rng.sample(_FIELDS, 2)),
        exclusions=frozenset(),
        capacity=5,
        statements=(),
    )
    return StoredOrganisation(id, 1, Status.ACTIVE, profile)


def _pairs(rng: random.Random, ids: list[str], count: int) -> list[SuggestedPair]:
    pairs: set[Pair] = set()
    while len(pairs) < count:
        pairs.add(Pair.of(*rng.sample(ids, 2)))
    return [SuggestedPair(pair, rng.random()) for pair in sorted(pairs)]


async def _questions(cases: Cases, ids: list[str]) -> dict[str, Ask]:
    listing = ListMatches(cases, 24)
    reading = ReadMatches(cases, listing)

    def page(
        sort: MatchSort = MatchSort.SCORE, **wanted: object
    ) -> Callable[[], Awaitable[object]]:
        asked = MatchFilter(**wanted)  # type: ignore[arg-type]
        return lambda: listing.page(asked, sort, _READER, cursor=None, limit=50)

    first = await listing.page(MatchFilter(), MatchSort.SCORE, _READER, cursor=None, limit=1)
    member = Principal(subject="m", role=Role.MEMBER, organisation=ids[7])
    return {
        "first page": page(),
        "one state": page(states=(MatchState.SUGGESTED,)),
        "longest waiting": page(MatchSort.WAITING, states=(MatchState.IN_REVIEW,)),
        "province and kind": page(province="320000", kind="enterprise"),
        "field": page(fields=("xr-display", "xr-comfort")),
        "one organisation": page(organisation=ids[7]),
        "assignee, last changed": page(MatchSort.UPDATED, assignee="ana"),
        "rare text": page(text=ids[7]),
        "common text": page(text="机构"),
        "counts by state": lambda: listing.counts(MatchFilter(), _READER),
        "one match": lambda: reading.read(first.items[0].id, _READER),
        "a member's own": lambda: listing.page(
            MatchFilter(), MatchSort.UPDATED, member, cursor=None, limit=50
        ),
    }


async def _sampled(ask: Ask, samples: int) -> dict[str, float]:
    await ask()
    found = []
    for _ in range(samples):
        started = time.perf_counter()
        await ask()
        found.append((time.perf_counter() - started) * 1000)
    return {"p50 ms": percentile(found, 0.5), "p95 ms": percentile(found, 0.95)}


def _print(figures: Figures) -> None:
    table = Table("what", "figures")
    for name, found in figures.items():
        table.add_row(name, ", ".join(f"{unit} {value:.1f}" for unit, value in found.items()))
    Console().print(table)


if __name__ == "__main__":
    main()
