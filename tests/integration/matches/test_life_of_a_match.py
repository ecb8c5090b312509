"""From suggestion to outcome, over the matcher's routes and real PostgreSQL."""

from typing import Any

import pytest

from services.matcher.domain.learning.stored import RecordFilter
from services.matcher.domain.pairs import Pair
from shared.contracts.principal import Principal, Role
from shared.errors import ProblemError
from tests.support.match_desk import ANA, BO, MatchDesk, member, suggestion

pytestmark = pytest.mark.anyio


async def refusal(call: Any) -> str:
    with pytest.raises(ProblemError) as raised:
        await call
    return raised.value.code


async def changes(desk: MatchDesk, id: str) -> list[str]:
    history = await desk.call("GET", f"/matches/{id}/history", ANA)
    return [step["change"] for step in history["items"]]


async def test_the_whole_way_leaves_a_history_records_and_capacity(desk: MatchDesk) -> None:
    id, pair = await desk.suggested()
    await desk.decide(id, "review")
    await desk.decide(id, "approve")
    desk.clock.pass_by(minutes=16)
    await desk.cases.sweeping.sweep()
    first, second = (member(one) for one in pair)
    await desk.say(id, "response", first, answer="interested")
    found = await desk.say(id, "response", second, answer="interested")
    assert (found["state"], found["contacts_open"]) == ("introduced", True)
    async with desk.store.transaction() as transaction:
        assert await transaction.introductions.count_open(pair.first) == 1
    await desk.say(id, "outcome", first)
    await desk.say(id, "outcome", second, outcome="succeeded", text="a joint project")
    async with desk.store.transaction() as transaction:
        assert await transaction.introductions.count_open(pair.first) == 0
        page = await transaction.records.page(_records_of(pair.first), before=None, limit=20)
    assert [one.verdict for one in page] == [
        *("ended", "collaborating", "introduced", "interested", "interested", "approved")
    ]
    assert page[-1].snapshot is not None, "what is learned from"
    assert await changes(desk, id) == [
        *("suggested", "taken_up", "approved", "asked", "answered", "answered"),
        *("introduced", "collaborating", "closed"),
    ]


async def test_a_decision_can_be_undone_until_both_sides_are_asked(desk: MatchDesk) -> None:
    id, pair = await desk.suggested()
    rejected = await desk.decide(id, "reject", reasons=["policy"])
    assert rejected["allowed"] == ["review", "undo", "assign", "comment", "score"]
    headers = {"If-Match": f'"{rejected["version"]}"'}
    undone = await desk.call("POST", f"/matches/{id}/undo", ANA, None, headers)
    assert (undone["state"], undone["decision"]) == ("suggested", None)
    async with desk.store.transaction() as transaction:
        assert not await transaction.records.page(_records_of(pair.first), before=None, limit=9)
    approved = await desk.decide(id, "approve")
    desk.clock.pass_by(minutes=15)
    headers = {"If-Match": f'"{approved["version"]}"'}
    late = desk.call("POST", f"/matches/{id}/undo", ANA, None, headers)
    assert await refusal(late) == "undo_too_late"


async def test_a_no_ends_it_and_silence_is_nudged_once_then_expires(desk: MatchDesk) -> None:
    id, pair = await desk.asked()
    declined = await desk.say(
        id, "response", member(pair.second), answer="declined", reasons=["capacity"]
    )
    assert (declined["state"], declined["outcome"]) == ("closed", "declined")
    told = await desk.read(id, member(pair.first))
    assert told["outcome"] == "declined"
    assert [side["reasons"] for side in told["sides"]] == [[], []]
    silent, pair = await desk.asked()
    await desk.say(silent, "response", member(pair.first), answer="interested")
    for _ in range(2):
        desk.clock.pass_by(days=8)
        await desk.cases.sweeping.sweep()
    assert (await changes(desk, silent)).count("nudged") == 1
    desk.clock.pass_by(days=6)
    await desk.cases.sweeping.sweep()
    assert (await desk.read(silent))["outcome"] == "expired"


async def test_who_was_only_silent_may_ask_at_any_time_and_the_other_side_not(
    desk: MatchDesk,
) -> None:
    id, pair = await desk.asked()
    await desk.say(id, "response", member(pair.first), answer="interested")
    desk.clock.pass_by(days=22)
    await desk.cases.sweeping.sweep()
    again = {"organisation": pair.first, "other": pair.second}
    assert (
        await refusal(desk.call("POST", "/matches", member(pair.first), again))
        == "match_turned_down"
    )
    again = {"organisation": pair.second, "other": pair.first}
    asked = await desk.call("POST", "/matches", member(pair.second), again)
    assert (asked["id"], asked["requested_by"]) == (id, pair.second)


async def test_an_introduction_waits_for_capacity_and_comes_with_it(desk: MatchDesk) -> None:
    id, pair = await desk.asked()
    await desk.organisations(pair.second, capacity=0)
    for one in pair:
        found = await desk.say(id, "response", member(one), answer="interested")
    assert (found["state"], found["waiting_for"]) == ("asked", [pair.second])
    assert (await desk.read(id, member(pair.first)))["waiting_for"] == []
    await desk.cases.sweeping.sweep()
    assert (await desk.read(id))["state"] == "asked"
    assert (await changes(desk, id)).count("waiting") == 1
    await desk.organisations(pair.second, capacity=1)
    await desk.cases.sweeping.sweep()
    assert (await desk.read(id))["state"] == "introduced"


async def test_what_was_rejected_comes_again_with_a_changed_profile_or_with_time(
    desk: MatchDesk,
) -> None:
    id, pair = await desk.suggested()
    await desk.decide(id, "reject", reasons=["too_early"])
    again = await desk.cases.suggested.record([suggestion(pair, 0.8)], "run-2")
    assert (again.again, [pair for pair, _ in again.refused]) == (0, [pair])
    assert (await desk.read(id))["resuggestion"]["again_from"].startswith("2027-04-30")
    changed = [{"id": "n1", "text": f"{pair.first} needs something else altogether now"}]
    await desk.organisations(pair.first, needs=changed)
    again = await desk.cases.suggested.record([suggestion(pair, 0.8)], "run-3")
    found = await desk.read(id)
    assert (again.again, found["state"], found["flags"]) == (1, "suggested", ["suggested_again"])
    assert found["resuggestion"]["because"] == "profile_changed"
    assert found["resuggestion"]["changed"] == [pair.first]
    await desk.decide(id, "reject", reasons=["conflict_of_interest"])
    await desk.organisations(pair.first)
    assert (await desk.cases.suggested.record([suggestion(pair)], "run-4")).refused
    desk.clock.pass_by(days=181)
    assert (await desk.cases.suggested.record([suggestion(pair)], "run-5")).again == 1


async def test_a_member_whose_match_was_closed_is_told_when_to_ask_again(desk: MatchDesk) -> None:
    id, pair = await desk.asked()
    no = {"answer": "declined", "reasons": ["too_early"]}
    await desk.say(id, "response", member(pair.second), **no)
    body = {"organisation": pair.first, "other": pair.second}
    with pytest.raises(ProblemError) as raised:
        await desk.call("POST", "/matches", member(pair.first), body)
    assert raised.value.code == "match_turned_down"
    assert raised.value.parameters["again_from"] == "2027-04-30"
    hidden, pair = await desk.suggested()
    await desk.decide(hidden, "reject", reasons=["capability_overstated"])
    body = {"organisation": pair.first, "other": pair.second}
    call = desk.call("POST", "/matches", member(pair.first), body)
    assert await refusal(call) == "match_not_open", "nobody told them of the first one"


async def test_one_match_for_each_pair_whatever_run_suggests_it(desk: MatchDesk) -> None:
    id, pair = await desk.suggested(score=0.4)
    report = await desk.cases.suggested.record([suggestion(pair, 0.9)], "run-2")
    found = await desk.read(id)
    assert (report.added, report.refreshed) == (0, 1)
    assert (found["score"], found["run"], found["version"]) == (0.9, "run-2", 1)


async def test_a_member_asks_for_an_introduction_and_coordinators_review_it(
    desk: MatchDesk,
) -> None:
    await desk.organisations("ask-1", "ask-2")
    asker, other = member("ask-1"), member("ask-2")
    body = {"organisation": "ask-1", "other": "ask-2", "text": "for a joint laboratory"}
    key = {"Idempotency-Key": "k1"}
    made = await desk.call("POST", "/matches", asker, body, key)
    assert await desk.call("POST", "/matches", asker, body, key) == made
    assert await refusal(
        desk.call("POST", "/matches", asker, {**body, "text": "another"}, key)
    ) == ("idempotency_key_reused")
    assert (made["state"], made["request_text"]) == ("in_review", "for a joint laboratory")
    assert await refusal(desk.read(made["id"], other)) == "not_found"
    await desk.decide(made["id"], "approve")
    assert (await desk.read(made["id"], asker))["state"] == "in_review"
    await desk.decide(made["id"], "ask")
    told = await desk.read(made["id"], other)
    assert (told["request_text"], told["requested_by"], told["allowed"]) == (
        None,
        None,
        ["respond"],
    )
    found = await desk.say(made["id"], "response", other, answer="interested")
    assert found["state"] == "introduced", "the asker has said yes already"


async def test_a_request_can_be_taken_back_and_only_so_many_wait_at_once(desk: MatchDesk) -> None:
    asker = member("eager")
    others = [f"eager-{number}" for number in range(21)]
    await desk.organisations("eager", *others)
    bodies = [{"organisation": "eager", "other": other} for other in others]
    made = [await desk.call("POST", "/matches", asker, body) for body in bodies[:20]]
    call = desk.call("POST", "/matches", asker, bodies[20])
    assert await refusal(call) == "too_many_requests_open"
    assert made[0]["allowed"] == ["respond"]
    back = await desk.say(made[0]["id"], "response", asker, answer="declined", reasons=["capacity"])
    assert (back["state"], back["outcome"]) == ("closed", "declined")
    report = await desk.cases.suggested.record([suggestion(Pair.of("eager", "eager-0"))], "run-2")
    assert [refused.turned_down.how for _, refused in report.refused] == ["taken_back"]
    again = await desk.call("POST", "/matches", asker, bodies[0])
    assert (again["id"], again["state"]) == (made[0]["id"], "in_review"), "but its asker may"


async def test_two_reviewers_must_agree_when_they_are_asked(desk: MatchDesk) -> None:
    id, _ = await desk.suggested()
    headers = {"If-Match": '"1"'}
    body = {"assignee": "bo", "reviewers": 2}
    found = await desk.call("POST", f"/matches/{id}/assignment", ANA, body, headers)
    assert (found["assignee"], found["rubric"]["agreement"]) == ("bo", "incomplete")
    good = {"fit": 4, "strength": 4, "feasibility": 3, "benefit": 4}
    await desk.say(id, "scores", ANA, scores=good)
    assert await refusal(desk.decide(id, "approve")) == "review_incomplete"
    split = await desk.say(id, "scores", BO, scores={**good, "feasibility": 1})
    assert (split["rubric"]["agreement"], split["flags"]) == ("split", ["disagreement"])
    await desk.say(id, "scores", BO, scores=good)
    assert (await desk.decide(id, "approve"))["state"] == "approved"


async def test_a_constraint_that_came_late_stops_the_asking(desk: MatchDesk) -> None:
    id, pair = await desk.suggested()
    await desk.decide(id, "approve")
    await desk.organisations(pair.first, exclusions=[pair.second])
    desk.clock.pass_by(minutes=15)
    await desk.cases.sweeping.sweep()
    assert (await desk.read(id))["state"] == "on_hold"
    assert await refusal(desk.decide(id, "approve")) == "match_blocked"


@pytest.mark.parametrize("how", ["withdraw", "erase"])
async def test_a_match_ends_when_an_organisation_goes(desk: MatchDesk, how: str) -> None:
    id, pair = await desk.introduced()
    await desk.say(id, "comments", ANA, text="they met in Nanjing")
    getattr(desk.profiles, how)(pair.first)
    await desk.take_in(pair.first)
    found = await desk.read(id)
    assert (found["state"], found["sides"][0]["names"]) == ("withdrawn", None)
    assert len(found["comments"]) == (how == "withdraw")
    assert bool(found["features"]) == (how == "withdraw")
    async with desk.store.transaction() as transaction:
        assert await transaction.introductions.count_open(pair.second) == 0
    assert await refusal(_right(desk, id, member(pair.second))) == "contacts_closed"


async def test_contacts_are_open_to_both_sides_from_the_introduction_on(desk: MatchDesk) -> None:
    asked, pair = await desk.asked()
    assert await refusal(_right(desk, asked, member(pair.first))) == "contacts_closed"
    id, pair = await desk.introduced()
    for one in pair:
        assert (await _right(desk, id, member(one)))["organisations"] == list(pair)
    assert await refusal(_right(desk, id, member("somebody"))) == "not_found"


async def test_members_read_nothing_of_the_coordinators_work(desk: MatchDesk) -> None:
    id, pair = await desk.asked()
    await desk.say(id, "comments", ANA, text="SECRET remark")
    seen = await desk.read(id, member(pair.first))
    answered = seen["sides"][0]["receives"]["answers"][0]
    assert answered["capability"]["text"] is None, "the other's is confidential"
    assert (answered["capability"]["id"], answered["similarity"]) == (None, None)
    private = ("decision", "rubric", "assignee", "run", "resuggestion")
    assert {name: seen[name] for name in private} == dict.fromkeys(private)
    assert (seen["comments"], seen["features"], seen["flags"]) == ([], [], [])
    assert [step["change"] for step in seen["history"]] == ["asked"]
    assert {step["by"] for step in seen["history"]} == {None}
    for one in pair:
        await desk.say(id, "response", member(one), answer="interested")
    opened = (await desk.read(id, member(pair.first)))["sides"][0]["receives"]["answers"][0]
    assert opened["capability"]["text"] == f"{pair.second} aligns waveguides"


@pytest.mark.parametrize("role", [Role.MEMBER, Role.BATCH])
async def test_deciding_is_for_coordinators(desk: MatchDesk, role: Role) -> None:
    id, pair = await desk.asked()
    by = Principal(subject="x", role=role, organisation=pair.first)
    headers = {"If-Match": '"3"'}
    for what, body in (
        ("decision", {"decision": "hold"}),
        ("comments", {"text": "x"}),
        ("assignment", {"assignee": "x"}),
        ("undo", None),
    ):
        call = desk.call("POST", f"/matches/{id}/{what}", by, body, headers)
        assert await refusal(call) == "forbidden"
    call = desk.say(id, "response", by, answer="interested", organisation=pair.second)
    assert await refusal(call) in ("own_organisation_only", "forbidden")


def _records_of(organisation: str) -> Any:
    return RecordFilter(organisation)


async def _right(desk: MatchDesk, id: str, by: Principal) -> dict[str, Any]:
    return await desk.call("GET", f"/matches/{id}/contacts-right", by)
