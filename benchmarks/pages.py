"""`python -m benchmarks.pages`: the console's pages with 5,000 organisations and 50,000 matches.

The platform is started as an operator starts it. Organisations are imported; their statements
come from a small stock, so that few texts are embedded. Matches are recorded as a rematch run
records them and set to mixed states. Then a coordinator and a member, each with a session, ask for
each page one after the other over HTTP; prints a table, writes build/pages.json and the section of
docs/performance.md.
"""

import argparse
import asyncio
import json
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx2 as httpx
import sqlalchemy as sa

from benchmarks.matches import mixed_matches
from benchmarks.measurement import percentile
from benchmarks.performance_page import measured_with, table, write_section
from benchmarks.running_platform import RunningPlatform
from benchmarks.texts import statement
from services.matcher.schema import tables
from services.matcher.service.matches.cases import Cases
from services.matcher.storage.postgres import PostgresStore
from shared.db import Database

_FIELDS = ("xr-display", "xr-comfort", "medical-xr", "education-xr", "xr-metrology")
_PROVINCES = ("110000", "310000", "320000", "420000", "440000")
_STOCK = 300
_TOKEN = re.compile(r'name="form_token" value="([^"]+)"')
_REACH = 200.0
_MEMBER = "page-00007"
STAFF_PAGES = {
    "queue": "/console/queue",
    "queue, filtered": "/console/queue?field=medical-xr&province=320000&minimum=0.5",
    "queue, text": "/console/queue?text=page-00042",
    "queue's counts": "/console/queue/counts",
    "match": "/console/matches/{match}",
    "organisations": "/console/organisations",
    "organisations, filtered": "/console/organisations?kind=enterprise&field=medical-xr",
    "organisation": "/console/organisations/page-00042",
    "insights: network": "/console/insights",
    "insights: coverage": "/console/insights/coverage",
    "insights: exposure": "/console/insights/exposure",
    "insights: funnel": "/console/insights/funnel",
    "calls": "/console/calls",
    "rematch jobs": "/console/jobs",
    "policy flags": "/console/policy-flags",
    "audit trail": "/console/audit",
    "people": "/console/people",
}
MEMBER_PAGES = {
    "member: suggestions": "/console/suggestions",
    "member: search": "/console/search?text=volume+rendering+for+surgical+instruments",
    "member: profile": "/console/profile",
    "member: introductions": "/console/introductions",
    "member: a partner": "/console/partners/page-00042",
    "member: inbox": "/console/inbox",
    "member: calls": "/console/calls",
}
Figures = dict[str, dict[str, float]]


def main() -> int:
    """Measure, print, write."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="hezuo-pages-") as folder:
        platform = RunningPlatform(Path(folder) / "data")
        platform.up()
        try:
            _fill(platform, Path(folder), arguments)
            figures = _measured(platform, arguments.samples)
        finally:
            platform.down()
    for name, found in figures.items():
        print(f"{name:28} p50 {found['p50']:7.1f} ms   p95 {found['p95']:7.1f} ms")
    arguments.json.parent.mkdir(parents=True, exist_ok=True)
    arguments.json.write_text(json.dumps(figures, indent=2))
    write_section("pages", [*_lines(figures, arguments)])
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages", description=__doc__)
    parser.add_argument("--organisations", type=int, default=5_000)
    parser.add_argument("--matches", type=int, default=50_000)
    parser.add_argument("--samples", type=int, default=40)
    parser.add_argument("--json", type=Path, default=Path("build/pages.json"))
    return parser.parse_args()


def _fill(platform: RunningPlatform, folder: Path, arguments: argparse.Namespace) -> None:
    rows = folder / "organisations.jsonl"
    with rows.open("w", encoding="utf-8") as file:
        for row in _organisations(arguments.organisations):
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    platform.import_file(rows)
    with platform.client() as client:
        while client.get("/v1/index").raise_for_status().json()["pending"]:
            time.sleep(1)
    ids = [_id(number) for number in range(arguments.organisations)]
    asyncio.run(_match(platform.database_url("matcher"), ids, arguments.matches))


def _organisations(count: int) -> Iterator[dict[str, Any]]:
    rng = random.Random(7)
    stock = [statement(rng) for _ in range(_STOCK)]
    for number in range(count):
        yield {
            "id": _id(number),
            "kind": rng.choice(("institution", "enterprise")),
            "names": {"en": f"Page Organisation {number}", "zh": f"页面机构{number}"},
            "country": "CN",
            "province": rng.choice(_PROVINCES),
            "fields": rng.sample(_FIELDS, 2),
            "capabilities": [{"id": f"c{i}", "text": rng.choice(stock)} for i in range(3)],
            "needs": [{"id": f"n{i}", "text": rng.choice(stock)} for i in range(2)],
        }


def _id(number: int) -> str:
    return f"page-{number:05d}"


async def _match(url: str, ids: list[str], count: int) -> None:
    database = Database(url)
    try:
        cases = Cases(PostgresStore(database, tables))
        await mixed_matches(cases, database, random.Random(1), ids, count)
        async with database.transaction() as connection:
            # Nothing else in the benchmark waits for autovacuum.
            await connection.execute(sa.text("analyze"))
    finally:
        await database.close()


def _measured(platform: RunningPlatform, samples: int) -> Figures:
    with platform.client() as client:
        found = client.get("/v1/matches", params={"limit": 1}).raise_for_status().json()
    match = found["items"][0]["id"]
    figures: Figures = {}
    for pages, wish in (
        (STAFF_PAGES, {"email": "staff@bench.example", "role": "coordinator"}),
        (MEMBER_PAGES, {"email": "m@bench.example", "role": "member", "organisation": _MEMBER}),
    ):
        # It has been used to come in, so that it is no longer for `with` itself.
        with closing(_browser(platform, wish)) as browser:
            for name, path in pages.items():
                figures[name] = _sampled(_asking(browser, path.format(match=match)), samples)
    return figures


def _browser(platform: RunningPlatform, wish: dict[str, str]) -> httpx.Client:
    """Somebody who has come in by a link."""
    with platform.client("operator") as operator:
        link = operator.post("/v1/login-links", json=wish).raise_for_status().json()["url"]
    browser = httpx.Client(base_url=platform.url, headers={"Accept": "text/html"}, timeout=60)
    link = link[link.index("/console/") :]
    shown = browser.get(link).raise_for_status()
    token = _TOKEN.search(shown.text)
    assert token
    form = {"form_token": token[1], "link": link.rpartition("=")[2]}
    assert browser.post("/console/enter", data=form).status_code == httpx.codes.SEE_OTHER
    return browser


def _asking(browser: httpx.Client, path: str) -> Callable[[], object]:
    def ask() -> object:
        answer = browser.get(path)
        assert answer.status_code == httpx.codes.OK, f"{path}: {answer.status_code}"
        return answer

    return ask


def _sampled(ask: Callable[[], object], samples: int) -> dict[str, float]:
    for _ in range(3):
        ask()
    found = []
    for _ in range(samples):
        started = time.perf_counter()
        ask()
        found.append((time.perf_counter() - started) * 1000)
    return {"p50": percentile(found, 0.5), "p95": percentile(found, 0.95)}


def _lines(figures: Figures, arguments: argparse.Namespace) -> Iterator[str]:
    yield "## Pages of the console"
    yield ""
    yield (
        f"{arguments.organisations:,} organisations, {arguments.matches:,} matches; one reader, "
        f"{arguments.samples} requests of each page over HTTP after three to warm up, milliseconds "
        f"until the whole page is there. `python -m benchmarks.pages`; to reach: 95 % under "
        f"{_REACH:.0f} ms."
    )
    yield ""
    yield measured_with("fastapi", "jinja2", "asyncpg")
    yield ""
    rows = [
        [name, f"{one['p50']:.0f}", f"{one['p95']:.0f}", "yes" if one["p95"] < _REACH else "**no**"]
        for name, one in figures.items()
    ]
    yield from table(["page", "half", "95 %", "reached"], rows)


if __name__ == "__main__":
    sys.exit(main())
