"""FAULTS 21: two coordinators at once; exactly one wins, with one audit row."""

import asyncio
from collections import Counter
from typing import Any

import pytest

from services.matcher.domain.pairs import Pair
from shared.contracts.principal import Principal
from shared.errors import ProblemError
from tests.support.match_desk import ANA, BO, MatchDesk, member, suggestion

pytestmark = pytest.mark.anyio
_AT_VERSION_1 = {"If-Match": '"1"'}


async def outcome(call: Any) -> str:
    """`ok`, or the problem's code."""
    try:
        await call
    except ProblemError as error:
        return error.code
    return "ok"


async def actions(desk: MatchDesk, id: str) -> Counter[str]:
    page = await desk.call("GET", "/audit", ANA, subject_kind="match", subject=id)
    return Counter(entry["action"] for entry in page["items"])


def decided(desk: MatchDesk, id: str, by: Principal, decision: str, **more: Any) -> Any:
    body = {"decision": decision, **more}
    return desk.call("POST", f"/matches/{id}/decision", by, body, _AT_VERSION_1)


async def test_of_two_decisions_at_once_one_wins(desk: MatchDesk) -> None:
    for _ in range(5):
        id, _ = await desk.suggested()
        results = await asyncio.gather(
            outcome(decided(desk, id, ANA, "approve")),
            outcome(decided(desk, id, BO, "reject", reasons=["policy"])),
        )
        assert sorted(results) == ["ok", "stale_version"]
        found = await actions(desk, id)
        assert found["approved"] + found["rejected"] == 1
        assert (await desk.read(id))["version"] == 2


async def test_a_decision_without_a_version_is_refused(desk: MatchDesk) -> None:
    id, _ = await desk.suggested()
    call = desk.call("POST", f"/matches/{id}/decision", ANA, {"decision": "approve"})
    assert await outcome(call) == "version_required"


async def test_an_undo_and_a_decision_at_once_leave_one_of_them(desk: MatchDesk) -> None:
    id, _ = await desk.suggested()
    await decided(desk, id, ANA, "approve")
    at_2 = {"If-Match": '"2"'}
    hold = {"decision": "hold"}
    results = await asyncio.gather(
        outcome(desk.call("POST", f"/matches/{id}/undo", ANA, None, at_2)),
        outcome(desk.call("POST", f"/matches/{id}/decision", BO, hold, at_2)),
    )
    assert sorted(results) == ["ok", "stale_version"]
    found = await desk.read(id)
    assert (found["version"], found["state"]) in [(3, "suggested"), (3, "on_hold")]
    assert (await actions(desk, id))["undone"] == (found["state"] == "suggested")


async def test_bulk_decisions_at_once_decide_each_match_once(desk: MatchDesk) -> None:
    ids = [(await desk.suggested())[0] for _ in range(6)]
    matches = [{"id": id, "version": 1} for id in ids]

    def bulk(by: Principal, order: list[dict[str, Any]], decision: str) -> Any:
        body = {"decision": decision, "matches": order}
        return desk.call("POST", "/match-decisions", by, body)

    one, other = await asyncio.gather(
        bulk(ANA, matches, "approve"), bulk(BO, matches[::-1], "hold")
    )
    assert one["decided"] + other["decided"] == 6
    for id in ids:
        found = await actions(desk, id)
        assert found["approved"] + found["held"] == 1
    refused = [item for item in (*one["items"], *other["items"]) if not item["decided"]]
    assert {item["code"] for item in refused} == {"stale_version"}
    assert {item["version"] for item in refused} == {2}


async def test_a_bulk_decision_tells_of_each_match_by_itself(desk: MatchDesk) -> None:
    good, _ = await desk.suggested()
    asked, _ = await desk.asked()
    items = [(good, 1), (asked, 3), ("0" * 32, 1), (good, 1)]
    body = {
        "decision": "reject",
        "reasons": ["out_of_scope"],
        "matches": [{"id": id, "version": version} for id, version in items],
    }
    found = await desk.call("POST", "/match-decisions", ANA, body, {"Accept-Language": "zh"})
    codes = [item["code"] for item in found["items"]]
    assert codes == [None, "match_state", "not_found", "stale_version"]
    assert found["items"][1]["reason"].startswith("该匹配当前状态为 asked")


async def test_bulk_decisions_can_be_taken_back_together(desk: MatchDesk) -> None:
    ids = [(await desk.suggested())[0] for _ in range(2)]
    body = {"decision": "hold", "matches": [{"id": id, "version": 1} for id in ids]}
    await desk.call("POST", "/match-decisions", ANA, body)
    back = {"matches": [{"id": ids[0], "version": 2}, {"id": ids[1], "version": 1}]}
    found = await desk.call("POST", "/match-decisions/undo", ANA, back)
    assert [item["state"] or item["code"] for item in found["items"]] == [
        *("suggested", "stale_version"),
    ]


async def test_both_yes_at_once_make_one_introduction(desk: MatchDesk) -> None:
    id, pair = await desk.asked()
    await asyncio.gather(
        *(desk.say(id, "response", member(one), answer="interested") for one in pair)
    )
    found = await actions(desk, id)
    assert (found["answered"], found["introduced"]) == (2, 1)


async def test_the_last_place_of_a_calendar_is_given_once(desk: MatchDesk) -> None:
    await desk.organisations("host", capacity=1)
    ids = []
    for number in range(3):
        guest = f"guest-{number}"
        await desk.organisations(guest)
        body = {"organisation": guest, "other": "host"}
        made = await desk.call("POST", "/matches", member(guest), body)
        await desk.decide(made["id"], "approve")
        await desk.decide(made["id"], "ask")
        ids.append(made["id"])
    host = member("host")
    await asyncio.gather(*(desk.say(id, "response", host, answer="interested") for id in ids))
    states = [(await desk.read(id))["state"] for id in ids]
    assert sorted(states) == ["asked", "asked", "introduced"]


async def test_runs_and_changing_organisations_do_not_wait_for_each_other_for_ever(
    desk: MatchDesk,
) -> None:
    hubs, others = ["hub-1", "hub-2"], [f"spoke-{number}" for number in range(12)]
    await desk.organisations(*hubs, *others)
    pairs = [suggestion(Pair.of(hub, other)) for hub in hubs for other in others]
    await desk.cases.suggested.record(pairs, "run-1")
    for number in range(4):
        names = {"en": f"Renamed {number}"}
        await asyncio.gather(
            desk.organisations(*hubs, names=names),
            desk.organisations(*others[::-1], names=names),
            desk.cases.suggested.record(pairs[::-1], f"run-{number}"),
        )
    found = await desk.call("GET", "/matches/counts", ANA, text="renamed 3")
    assert found["total"] == len(pairs)


async def test_runs_and_requests_at_once_make_one_match(desk: MatchDesk) -> None:
    await desk.organisations("both-1", "both-2")
    pair = Pair.of("both-1", "both-2")
    body = {"organisation": "both-1", "other": "both-2"}
    back = {"organisation": "both-2", "other": "both-1"}
    await asyncio.gather(
        desk.cases.suggested.record([suggestion(pair)], "run-1"),
        desk.cases.suggested.record([suggestion(pair)], "run-2"),
        desk.call("POST", "/matches", member("both-1"), body),
        desk.call("POST", "/matches", member("both-2"), back),
    )
    page = await desk.call("GET", "/matches", ANA, organisation="both-1")
    assert len(page["items"]) == 1
    sides = page["items"][0]["organisations"]
    assert [side["answer"] for side in sides] == ["interested", "interested"]
