"""The review queue: filters, orders, pages, counts, and whose matches they are."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from services.matcher.domain.pairs import Pair
from services.matcher.schema import tables
from shared.contracts.principal import Principal, Role
from shared.errors import ProblemError
from tests.support.match_desk import ANA, NOW, MatchDesk, match_desk, member, suggestion

pytestmark = pytest.mark.anyio
JIANGSU, HUBEI = "320000", "420000"
PLACES = {
    "a-lab": {"province": JIANGSU, "fields": ["xr-comfort"]},
    "b-maker": {"province": HUBEI, "names": {"zh": "湖北光学", "en": "Hubei Optics"}},
    "b-shop": {"province": JIANGSU},
    "c-farm": {},
}
_AT_SIX = NOW.replace(minute=6).isoformat()
SCORES = {
    ("a-lab", "b-maker"): 0.9,
    ("a-lab", "b-shop"): 0.3,
    ("a-lab", "c-farm"): 0.6,
    ("b-maker", "c-farm"): 0.6,
    ("b-shop", "c-farm"): 0.5,
}


@pytest.fixture(scope="module")
async def queue(
    migrated_database: Callable[[str], str],
) -> AsyncIterator[tuple[MatchDesk, dict[str, str]]]:
    """Five matches a minute apart: two asked for, one decided on; ids by the pair's two."""
    async with match_desk(migrated_database("services.matcher")) as desk:
        for id, more in PLACES.items():
            await desk.organisations(id, **more)
        ids: dict[str, str] = {}
        for (one, other), score in SCORES.items():
            desk.clock.pass_by(minutes=1)
            pair = Pair(one, other)
            await desk.cases.suggested.record([suggestion(pair, score)], "run-1")
            ids[f"{one}+{other}"] = await desk.match_of(pair)
        await desk.decide(ids["a-lab+b-shop"], "approve")
        await desk.decide(ids["a-lab+b-shop"], "ask")
        desk.clock.pass_by(minutes=1)
        asks = {"organisation": "c-farm", "other": "b-maker"}
        await desk.call("POST", "/matches", member("c-farm"), asks)
        body = {"assignee": "ana"}
        path = f"/matches/{ids['a-lab+c-farm']}/assignment"
        await desk.call("POST", path, ANA, body, {"If-Match": '"1"'})
        yield desk, ids


Queue = tuple[MatchDesk, dict[str, str]]


async def listed(queue: Queue, by: Principal = ANA, **query: Any) -> list[str]:
    """The pairs, in their order."""
    desk, ids = queue
    names = {id: name for name, id in ids.items()}
    page = await desk.call("GET", "/matches", by, **query)
    return [names[item["id"]] for item in page["items"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"state": "asked"}, ["a-lab+b-shop"]),
        ({"state": "asked,in_review"}, ["a-lab+b-shop"]),
        ({"organisation": "b-maker"}, ["a-lab+b-maker", "b-maker+c-farm"]),
        ({"kind": "enterprise", "minimum_score": 0.6}, ["a-lab+b-maker", "b-maker+c-farm"]),
        ({"province": HUBEI}, ["a-lab+b-maker", "b-maker+c-farm"]),
        ({"field": "xr-display", "organisation": "b-shop"}, ["a-lab+b-shop"]),
        ({"field": "xr-metrology", "organisation": "b-shop"}, []),
        ({"text": "湖北"}, ["a-lab+b-maker", "b-maker+c-farm"]),
        ({"text": "HUBEI OPT"}, ["a-lab+b-maker", "b-maker+c-farm"]),
        ({"text": "%"}, []),
        ({"requested": True}, ["b-maker+c-farm"]),
        ({"assignee": "me"}, ["a-lab+c-farm"]),
        ({"unassigned": True, "state": "suggested", "minimum_score": 0.9}, ["a-lab+b-maker"]),
        ({"run": "run-2"}, []),
        ({"origin": "member"}, []),
        ({"updated_since": _AT_SIX, "requested": True}, ["b-maker+c-farm"]),
    ],
)
async def test_filters_narrow_the_queue(
    queue: Queue, query: dict[str, Any], expected: list[str]
) -> None:
    assert await listed(queue, **query) == expected


@pytest.mark.parametrize("sort", ["score", "updated", "waiting", "created"])
@pytest.mark.parametrize("limit", [1, 2, 5])
async def test_pages_hold_every_match_once_in_any_order(
    queue: Queue, sort: str, limit: int
) -> None:
    desk, ids = queue
    whole = await desk.call("GET", "/matches", ANA, sort=sort)
    found: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = await desk.call("GET", "/matches", ANA, sort=sort, limit=limit, **cursor)
        found += [item["id"] for item in page["items"]]
        if not page["next_cursor"]:
            break
        cursor = {"cursor": page["next_cursor"]}
    assert found == [item["id"] for item in whole["items"]]
    assert sorted(found) == sorted(ids.values())


async def test_only_what_will_happen_by_itself_is_sorted_by_when(queue: Queue) -> None:
    assert await listed(queue, sort="due") == ["a-lab+b-shop"]


async def test_a_row_has_what_the_queue_shows(queue: Queue) -> None:
    desk, _ = queue
    page = await desk.call("GET", "/matches", ANA, assignee="ana")
    (row,) = page["items"]
    first = row["organisations"][0]
    assert (first["id"], first["names"]["en"], first["province"]) == (
        *("a-lab", "Name of a-lab", JIANGSU),
    )
    assert (row["state"], row["score"], row["flags"]) == ("suggested", 0.6, [])


async def test_counts_ignore_the_state_and_keep_the_other_filters(queue: Queue) -> None:
    desk, _ = queue
    found = await desk.call("GET", "/matches/counts", ANA, state="closed", kind="enterprise")
    told = {state: n for state, n in found["states"].items() if n}
    assert (told, found["total"]) == ({"suggested": 3, "asked": 1}, 4)


async def test_members_get_what_they_were_asked_or_have_asked_for(queue: Queue) -> None:
    assert await listed(queue, member("a-lab")) == ["a-lab+b-shop"]
    assert await listed(queue, member("c-farm")) == ["b-maker+c-farm"]
    assert await listed(queue, member("c-farm"), state="in_review") == ["b-maker+c-farm"]
    assert await listed(queue, member("b-maker")) == []
    desk, _ = queue
    counts = await desk.call("GET", "/matches/counts", member("c-farm"))
    assert (counts["states"]["in_review"], counts["total"]) == (1, 1)
    page = await desk.call("GET", "/matches", member("c-farm"))
    assert page["items"][0]["state"] == "in_review"
    assert page["items"][0]["assignee"] is None


@pytest.mark.parametrize(
    "query",
    [
        *({"state": "s"}, {"state": "asked,"}, {"sort": "mood"}, {"limit": 0}, {"limit": 201}),
        *({"cursor": "x"}, {"cursor": "WyJzY29yZSIsMV0"}, {"minimum_score": 2}),
        *({"assignee": "ana", "unassigned": True}, {"colour": "red"}),
    ],
)
async def test_what_cannot_be_asked_for_is_refused(queue: Queue, query: dict[str, Any]) -> None:
    with pytest.raises(ProblemError, match="invalid_request"):
        await listed(queue, **query)


async def test_a_cursor_belongs_to_its_order(queue: Queue) -> None:
    desk, _ = queue
    page = await desk.call("GET", "/matches", ANA, sort="created", limit=1)
    with pytest.raises(ProblemError, match="invalid_request"):
        await listed(queue, sort="score", cursor=page["next_cursor"])


async def test_batch_jobs_read_no_matches(queue: Queue) -> None:
    with pytest.raises(ProblemError, match="forbidden"):
        await listed(queue, Principal(subject="b", role=Role.BATCH))


async def test_people_make_events_and_runs_make_none(queue: Queue) -> None:
    desk, ids = queue
    async with desk.database.reading() as connection:
        outbox = tables.outbox.c
        rows = list(await connection.execute(tables.outbox.select().order_by(outbox.id)))
    told = [(row.payload["match_id"], row.payload["change"]) for row in rows]
    asked = ids["a-lab+b-shop"]
    assert told == [
        *((asked, "approved"), (asked, "asked")),
        *((ids["b-maker+c-farm"], "requested"), (ids["a-lab+c-farm"], "assigned")),
    ]
    assert {row.subject for row in rows} == {"matcher.match.changed.v1"}
    assert all(set(row.payload) <= _THIN for row in rows)


_THIN = {
    *("event_id", "match_id", "version", "change", "state", "organisations", "occurred_at"),
    "request_id",
}
