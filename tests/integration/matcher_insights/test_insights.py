"""Figures about a platform of which everything is known."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from services.matcher.domain.field_tree import FieldTree
from services.matcher.domain.insights.stated import BestAnswer, OpenQuestion
from services.matcher.insight_store import EdgeFilter, Period
from services.matcher.schema import tables
from services.matcher.service.insights.answer_needs import AnswerNeeds
from services.matcher.service.insights.cases import InsightCases, insight_cases
from services.matcher.storage.insights.store import PostgresInsights
from shared.errors import ProblemError
from tests.support.matcher_bench import MatcherBench, matcher_bench
from tests.support.memory_folder import memory_folder
from tests.support.profiles import profile

pytestmark = pytest.mark.anyio

FIELDS = FieldTree({"optics": None, "lenses": "optics", "games": None})
NOW = datetime(2026, 11, 20, tzinfo=UTC)
DAY = timedelta(days=1)


def stated(id: str, text: str, *fields: str) -> dict[str, Any]:
    return {"id": id, "text": text, "fields": list(fields)}


@pytest.fixture(scope="module")
async def bench(migrated_database: Callable[[str], str]) -> AsyncIterator[MatcherBench]:
    with memory_folder() as folder:
        url = migrated_database("services.matcher")
        async with matcher_bench(url, folder / "index") as bench:
            save = bench.profiles.save
            save(
                "north",
                profile("North", province="110000")
                | {"needs": [stated("n1", "grinding of aspheric lenses", "lenses")]}
                | {"collaborations": [{"organisation": "south", "count": 2}]},
            )
            save(
                "south",
                profile("South", kind="enterprise", province="440000")
                | {"capabilities": [stated("c1", "grinding of aspheric lenses", "lenses")]},
            )
            save(
                "abroad",
                profile("Abroad", country="DE")
                | {"needs": [stated("n1", "whale song archives from polar seas", "games")]},
            )
            save("idle", profile("Idle"))
            await bench.take_in.take_in(sorted(bench.profiles.active()))
            async with bench.database.transaction() as connection:
                await connection.execute(tables.matches.match.insert(), _matches())
            yield bench


@pytest.fixture(scope="module")
async def cases(bench: MatcherBench) -> InsightCases:
    found = insight_cases(bench.store, PostgresInsights(bench.database, tables), FIELDS)
    assert await found.counting.count() == 4
    assert await found.counting.count() == 0
    looking = AnswerNeeds(bench.store, found.counting.insights, bench.live)
    assert (await looking.look(), await looking.look()) == (2, 0)
    # The model here knows words only, and too few to tell what is unrelated.
    nobody = BestAnswer(OpenQuestion("abroad", "n1"), 0.1, datetime.now(UTC))
    await found.counting.insights.answered([nobody])
    return found


def _matches() -> list[dict[str, Any]]:
    """north-south got to a collaboration, abroad-north was rejected, abroad-south waits."""
    yes = {"answer": "interested"}
    whole = {
        "first": {**yes, "at": (NOW - 6 * DAY).isoformat()},
        "second": {**yes, "at": (NOW - 5 * DAY).isoformat()},
        "decision": {"decision": "approve", "by": "c", "at": (NOW - 8 * DAY).isoformat()},
    }
    rejected = {"decision": {"decision": "reject", "by": "c", "at": (NOW - 6 * DAY).isoformat()}}
    return [
        _match(
            "north",
            "south",
            "collaborating",
            whole,
            asked_at=NOW - 7 * DAY,
            introduced_at=NOW - 4 * DAY,
            agreed=True,
        ),
        _match("abroad", "north", "rejected", rejected),
        _match("abroad", "south", "suggested", {}),
    ]


def _match(first: str, second: str, state: str, said: dict[str, Any], **more: Any) -> Any:
    started = NOW - 10 * DAY
    row = {"asked_at": None, "introduced_at": None, "agreed": False, **more}
    return row | {
        "id": f"{first}-{second}",
        "first": first,
        "second": second,
        "version": 1,
        "state": state,
        "origin": "run",
        "score": 0.5,
        "said": said,
        "created_at": started,
        "since": NOW - DAY,
        "updated_at": NOW,
    }


async def test_the_network_joins_matches_and_stated_collaborations(cases: InsightCases) -> None:
    found = await cases.read.network(EdgeFilter(), 10)
    assert [(one.first, one.second, one.state) for one in found.edges] == [
        ("north", "south", "collaborating"),
        ("north", "south", "stated"),
        ("abroad", "south", "suggested"),
    ]
    assert (found.all_edges, found.components) == (3, 1)
    assert {one.id: one.edges for one in found.nodes} == {"south": 3, "north": 2, "abroad": 1}
    assert found.nodes[0].names
    stated_only = await cases.read.network(EdgeFilter(state="stated"), 10)
    assert [one.strength for one in stated_only.edges] == [1.0]
    enterprises = await cases.read.network(EdgeFilter(state="stated", kind="enterprise"), 10)
    assert len(enterprises.edges) == 1
    none = await cases.read.network(EdgeFilter(kind="other"), 10)
    assert none.edges == ()


async def test_coverage_says_which_needs_nobody_answers(cases: InsightCases) -> None:
    found = await cases.read.coverage(None)
    rows = {one.field: (one.needs, one.capabilities, one.unanswered) for one in found.fields}
    assert rows == {"games": (1, 0, 1), "optics": (1, 1, 0)}
    assert [(one.field, one.region) for one in found.cells] == [
        ("games", "DE"),
        ("optics", "110000"),
        ("optics", "440000"),
    ]
    assert [(one.organisation, one.text[:5]) for one in found.open_needs] == [("abroad", "whale")]
    assert (found.needs, found.looked_at) == (2, 2)
    below = await cases.read.coverage("optics")
    assert [one.field for one in below.fields] == ["lenses"]
    with pytest.raises(ProblemError):
        await cases.read.coverage("nothing")


async def test_exposure_counts_everybody(cases: InsightCases) -> None:
    found = await cases.read.exposure(2)
    assert [one.suggested for one in found.items] == [2, 2]
    assert (found.matches, found.organisations, found.without) == (3, 4, 1)
    assert found.gini == pytest.approx(0.25)
    assert [(one.kind, one.name, one.matches) for one in found.moments] == [("month", "2026-11", 3)]


async def test_the_funnel_narrows(cases: InsightCases) -> None:
    found = await cases.read.funnel(Period())
    assert [(one.state, one.reached) for one in found.stages] == [
        ("suggested", 3),
        ("decided", 2),
        ("asked", 1),
        ("answered", 1),
        ("agreed", 1),
        ("introduced", 1),
        ("collaborating", 1),
    ]
    assert [(one.state, one.count) for one in found.exits] == [("rejected", 1)]
    later = await cases.read.funnel(Period(since=NOW))
    assert later.stages[0].reached == 0


async def test_times_are_quartiles_of_days(cases: InsightCases) -> None:
    found = {one.step: one for one in (await cases.read.decision_times(Period())).steps}
    assert found["decision"].median == pytest.approx(3.0)
    assert (found["decision"].count, found["decision"].waiting) == (2, 1)
    assert found["answers"].median == pytest.approx(2.0)
    assert found["introduction"].median == pytest.approx(1.0)
    assert found["collaboration"].median == pytest.approx(3.0)
    empty = (await cases.read.decision_times(Period(since=NOW))).steps[0]
    assert (empty.count, empty.median) == (0, None)


async def test_what_is_withdrawn_is_not_counted_any_more(
    bench: MatcherBench, cases: InsightCases
) -> None:
    bench.profiles.save("brief", profile("Brief", needs={"n1": "one need for a short time"}))
    await bench.take_in.take_in(["brief"])
    await cases.counting.count()
    bench.profiles.withdraw("brief")
    await bench.take_in.take_in(["brief"])
    assert await cases.counting.count() == 1
    counted = tables.insights.statement
    async with bench.database.reading() as connection:
        query = sa.select(sa.func.count()).where(counted.c.organisation == "brief")
        assert (await connection.execute(query)).scalar_one() == 0
