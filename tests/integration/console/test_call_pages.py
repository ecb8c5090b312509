"""Pages of calls and insights: who gets what, and that texts of others stay texts."""

from typing import Any

import pytest

from shared.contracts.calls import (
    Call,
    CallPage,
    CallState,
    CallTeam,
    Invitation,
    InvitationPage,
    Permissions,
    TeamMember,
)
from shared.contracts.consortia import CallRequirement
from shared.contracts.insights import (
    CoverageMap,
    DecisionTimes,
    Exposure,
    Funnel,
    FunnelStage,
    Network,
    NetworkEdge,
    NetworkNode,
)
from shared.contracts.organisation import Kind, Names, OrganisationBatch
from shared.contracts.seats import RequirementState, Seat, SeatState
from tests.integration.console.conftest import Edge, LogIn
from tests.support.careless_services import MOMENT, organisation

pytestmark = pytest.mark.anyio

ID = "0" * 31 + "1"
HOSTILE = '<script>alert(1)</script> \u202eevil " onload="x'
COORDINATES = {"edit": True, "invite": True, "confirm": True, "close": True, "cancel": True}


def seat(id: int, who: str, state: SeatState) -> Seat:
    return Seat(
        id=id,
        organisation=who,
        requirements=("r1",),
        state=state,
        version=3,
        remark=HOSTILE,
        changed_at=MOMENT,
        changed_by="somebody",
    )


def call(**more: Any) -> Call:
    return Call(
        id=ID,
        publisher="owner",
        state=CallState.OPEN,
        version=7,
        title=HOSTILE.replace("\u202e", ""),
        summary=HOSTILE,
        requirements=(CallRequirement(id="r1", text=HOSTILE),),
        seats=(seat(1, "own", SeatState.INVITED), seat(2, "rival", SeatState.SUGGESTED)),
        team=(RequirementState(requirement="r1", accepted=(), waiting=("own",)),),
        complete=False,
        may=Permissions(**COORDINATES),
        created_at=MOMENT,
        updated_at=MOMENT,
        **more,
    )


@pytest.fixture
def answering(edge: Edge) -> Edge:
    edge.matcher.answer("GET", f"/calls/{ID}", call(), ETag='"7"')
    edge.matcher.answer("GET", "/calls", CallPage(items=()))
    for id in ("own", "owner", "rival"):
        edge.profiles.answer("GET", f"/organisations/{id}", organisation(id))
    return edge


async def test_texts_of_others_are_inert(answering: Edge, log_in: LogIn) -> None:
    page = await (await log_in("coordinator")).get(f"/console/calls/{ID}")
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert "\u202e" not in page.text
    assert 'onload="x' not in page.text


async def test_an_invited_member_sees_its_own_seat_and_nobody_elses(
    answering: Edge, log_in: LogIn
) -> None:
    member = await log_in("member", "own")
    page = await member.get(f"/console/calls/{ID}")
    assert "You are invited" in page.text
    assert "rival" not in page.text
    assert "somebody" not in page.text
    assert f"/console/calls/{ID}/edit" not in page.text


async def test_answers_name_the_seats_version_and_need_a_reason(
    answering: Edge, log_in: LogIn
) -> None:
    answering.matcher.answer("POST", f"/calls/{ID}/seats/1/answer", call(), ETag='"8"')
    member = await log_in("member", "own")
    await member.get(f"/console/calls/{ID}")
    path = f"/console/calls/{ID}/seats/1/answer"
    unreasoned = await member.post(path, version="3")
    assert unreasoned.status_code == 422
    assert "name at least one" in unreasoned.text
    answer = await member.post(path, version="3", accept="yes")
    assert answer.status_code == 303
    sent = next(one for one in answering.matcher.asked if one.path.endswith("/answer"))
    assert sent.headers["if-match"] == '"3"'


async def test_a_new_call_is_made_of_the_rows_that_are_filled(
    answering: Edge, log_in: LogIn
) -> None:
    answering.matcher.answer("POST", "/calls", call(), status=201)
    browser = await log_in("coordinator")
    fields = {
        "title": "A call",
        "minimum_size": "2",
        "maximum_size": "4",
        "countries": "cn, de",
        "requirement.0.text": "laser scanning",
        "requirement.1.text": "",
        "requirement.2.text": "pigment imaging",
        "requirement.2.must_have": "no",
    }
    more = await browser.post("/console/calls/new", **fields, more="1")
    assert more.status_code == 200
    assert "laser scanning" in more.text
    made = await browser.post("/console/calls/new", **fields)
    assert (made.status_code, made.headers["location"]) == (303, f"/console/calls/{ID}")
    sent = next(one for one in answering.matcher.asked if one.method == "POST")
    assert b'"countries":["CN","DE"]' in sent.body
    assert [b'"id":"r1"' in sent.body, b'"id":"r2"' in sent.body] == [True, True]
    wrong = await browser.post("/console/calls/new", **fields | {"title": ""})
    assert wrong.status_code == 422
    assert "pigment imaging" in wrong.text


async def test_invitations_are_a_members_own(answering: Edge, log_in: LogIn) -> None:
    def one(who: str) -> Invitation:
        return Invitation(
            call=ID,
            title=f"Call for {who}",
            state=CallState.OPEN,
            publisher=None,
            deadline=None,
            seat=seat(1, who, SeatState.INVITED),
        )

    page = InvitationPage(items=(one("own"), one("rival")))
    answering.matcher.answer("GET", "/call-invitations", page)
    shown = await (await log_in("member", "own")).get("/console/invitations")
    assert "Call for own" in shown.text
    assert "Call for rival" not in shown.text


@pytest.fixture
def counted(answering: Edge) -> Edge:
    named = Names(en="</script><script>alert(2)</script>")
    nodes = tuple(
        NetworkNode(id=id, names=named, kind=Kind.OTHER, province=None, edges=1) for id in "ab"
    )
    edge = NetworkEdge(first="a", second="b", state="asked", strength=0.5)
    pages = {
        "network": Network(
            nodes=nodes, edges=(edge,), all_edges=1, components=1, computed_at=MOMENT
        ),
        "coverage": CoverageMap(
            fields=(),
            regions=(),
            within=None,
            cells=(),
            open_needs=(),
            needs=0,
            looked_at=0,
            computed_at=MOMENT,
        ),
        "exposure": Exposure(
            items=(),
            matches=0,
            organisations=0,
            without=0,
            gini=0,
            top_share=0,
            moments=(),
            computed_at=MOMENT,
        ),
        "funnel": Funnel(
            stages=(FunnelStage(state="suggested", reached=0, share_of_all=0, share_of_last=0),),
            exits=(),
            since=None,
            until=None,
            computed_at=MOMENT,
        ),
        "decision-times": DecisionTimes(steps=(), since=None, until=None, computed_at=MOMENT),
    }
    for name, body in pages.items():
        answering.matcher.answer("GET", f"/insights/{name}", body)
    return answering


async def test_insights_are_for_coordinators(counted: Edge, log_in: LogIn) -> None:
    coordinator, member, anybody = [
        await log_in("coordinator"),
        await log_in("member", "own"),
        await log_in(),
    ]
    for path in ("", "/coverage", "/exposure", "/funnel?since=2026-01-01&until="):
        shown = await coordinator.get(f"/console/insights{path}")
        assert shown.status_code == 200, path
        assert "<script>alert" not in shown.text
        assert (await member.get(f"/console/insights{path}")).status_code == 403, path
        assert (await anybody.get(f"/console/insights{path}")).status_code == 302, path


async def test_a_closed_calls_team_is_shown_with_contacts_to_the_team_alone(
    edge: Edge, log_in: LogIn
) -> None:
    closed = call().model_copy(update={"state": CallState.CLOSED, "seats": (), "team": ()})
    own = seat(1, "own", SeatState.ACCEPTED)
    edge.matcher.answer("GET", f"/calls/{ID}", closed.model_copy(update={"seats": (own,)}))
    mates = (TeamMember(organisation="own", requirements=("r1",)), TeamMember(organisation="mate"))
    team = CallTeam(call_id=ID, introduced_at=MOMENT, members=mates)
    edge.matcher.answer("GET", f"/calls/{ID}/team", team)
    both = OrganisationBatch(items=(organisation("own"), organisation("mate")))
    edge.profiles.answer("POST", "/organisations/batch-read", both)
    shown = await (await log_in("member", "own")).get(f"/console/calls/{ID}")
    assert shown.text.count("mailto:secret@example.org") == 2
    other = await log_in("member", "elsewhere")
    assert "secret@example.org" not in (await other.get(f"/console/calls/{ID}")).text
