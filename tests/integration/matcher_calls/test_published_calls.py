"""A call from draft to team: who is asked, who is replaced by whom, and who may do what."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from services.matcher.domain.calls.stored import CallFilter
from services.matcher.schema import tables
from shared.contracts.calls import CallState, Cancellation, Closing
from shared.contracts.seats import NewSeat, Release, SeatAnswer, SeatState
from shared.errors import ProblemError
from tests.support.calls import (
    COORDINATOR,
    Market,
    member,
    new_call,
    read,
    seat_of,
    states,
)

pytestmark = pytest.mark.anyio


async def refused(awaitable: object, code: str) -> None:
    with pytest.raises(ProblemError) as error:
        await awaitable  # type: ignore[misc]
    assert error.value.code == code


async def test_a_call_becomes_a_team(market: Market) -> None:
    call = await market.opened()
    proposed = await market.teams.proposals(call.id, COORDINATOR, around_team=True)
    assert proposed.feasible
    assert {one.partner.id for one in proposed.requirements[0].best[:3]} >= {"caves"}
    call = await market.invited(call, "caves", "scan")
    call = await market.invited(call, "optics", "paint")
    call = await market.answered(call, "caves")
    assert call.complete is False
    await refused(
        market.cases.keep.close(call.id, Closing(), COORDINATOR, read(call.version)),
        "call_incomplete",
    )
    call = await market.answered(call, "optics")
    assert call.complete
    call = await market.invited(call, "shows", "show")
    closed = await market.cases.keep.close(call.id, Closing(), COORDINATOR, read(call.version))
    assert closed.state is CallState.CLOSED
    assert states(closed) == {"caves": "accepted", "optics": "accepted", "shows": "released"}
    assert [one.accepted for one in closed.team] == [("caves",), ("optics",), ()]


async def test_a_closed_calls_team_meets_and_nobody_else_meets_it(market: Market) -> None:
    keep = market.cases.keep
    call = await market.opened(member("owner"))
    for organisation, requirement in (("caves", "scan"), ("optics", "paint"), ("shows", "show")):
        call = await market.invited(call, organisation, requirement)
        if organisation != "shows":
            call = await market.answered(call, organisation)
    for reader in (member("owner"), member("caves"), COORDINATOR):
        await refused(keep.team(call.id, reader), "contacts_closed")
    await keep.close(call.id, Closing(), COORDINATOR, read(call.version))
    for reader in (member("owner"), member("caves"), COORDINATOR):
        team = await keep.team(call.id, reader)
        assert team.publisher
        assert team.publisher.organisation == "owner"
        assert {one.organisation: one.requirements for one in team.members} == {
            "caves": ("scan",),
            "optics": ("paint",),
        }
    await refused(keep.team(call.id, member("shows")), "contacts_closed")
    await refused(keep.team(call.id, member("wheat")), "not_found")
    async with keep.store.transaction() as transaction:
        entries = await transaction.audit.of("call", call.id, 50)
    told = {entry.action: entry.details["organisations"] for entry in entries}
    assert told["introduced"] == "caves optics owner"
    assert told["closed"] == "shows"


async def test_who_declines_is_replaced_by_a_suggestion_that_somebody_confirms(
    market: Market,
) -> None:
    call = await market.opened()
    call = await market.invited(call, "optics", "paint")
    call = await market.answered(call, "optics", accept=False)
    call = await market.tended(call)
    suggested = seat_of(call, "optics-2")
    assert suggested.state is SeatState.SUGGESTED
    assert suggested.replaces == seat_of(call, "optics").id
    hidden = market.cases.keep.read(call.id, member("optics-2"))
    assert (await hidden).seats == ()
    call = await market.cases.seats.confirm(call.id, suggested.id, COORDINATOR, read(call.version))
    assert seat_of(call, "optics-2").state is SeatState.INVITED
    assert (await market.cases.keep.read(call.id, member("optics-2"))).seats[0].answer_by


async def test_silence_expires_and_the_next_best_is_asked_where_the_call_says_so(
    market: Market,
) -> None:
    call = await market.opened(replacing="automatic", answer_days=3)
    call = await market.invited(call, "caves", "scan")
    later = datetime.now(UTC) + timedelta(days=4)
    call = await market.tended(call, later)
    assert states(call)["caves"] == "expired"
    following = [one for one in call.seats if one.replaces == seat_of(call, "caves").id]
    assert [(one.state, one.requirements) for one in following] == [(SeatState.INVITED, ("scan",))]
    assert following[0].organisation in {"caves-2", "caves-3"}


async def test_alternatives_leave_out_who_has_a_seat_or_had_it(market: Market) -> None:
    call = await market.opened()
    call = await market.invited(call, "caves", "scan")
    call = await market.answered(call, "caves", accept=False)
    call = await market.invited(call, "caves-2", "scan")
    found = await market.teams.alternatives(call.id, seat_of(call, "caves-2").id, COORDINATOR)
    ids = [one.partner.id for one in found.items]
    assert "caves-3" in ids
    assert not {"caves", "caves-2"} & set(ids)
    assert found.items[0].quotes[0].text


async def test_an_accepted_organisation_gives_its_seat_back(market: Market) -> None:
    call = await market.opened()
    call = await market.invited(call, "optics", "paint")
    call = await market.answered(call, "optics")
    seat = seat_of(call, "optics")
    await market.cases.seats.release(
        call.id, seat.id, Release(remark="no people"), member("optics"), read(seat.version)
    )
    call = await market.tended(call)
    assert states(call) == {"optics": "released", "optics-2": "suggested"}


async def test_who_is_withdrawn_leaves_the_team(market: Market) -> None:
    save, take_in = market.bench.profiles.save, market.bench.take_in.take_in
    save("brief", {"kind": "other", "names": {"en": "Brief"}})
    await take_in(["brief"])
    call = await market.opened()
    call = await market.invited(call, "brief", "show")
    market.bench.profiles.withdraw("brief")
    await take_in(["brief"])
    assert states(await market.tended(call))["brief"] == "released"


async def test_a_publishing_member_asks_and_a_coordinator_invites(market: Market) -> None:
    owner = member("owner")
    call = await market.opened(owner)
    assert call.publisher == "owner"
    call = await market.invited(call, "caves", "scan", by=owner)
    assert states(call) == {"caves": "requested"}
    assert (await market.cases.keep.read(call.id, member("caves"))).seats == ()
    seat = seat_of(call, "caves")
    call = await market.cases.seats.confirm(call.id, seat.id, COORDINATOR, read(call.version))
    call = await market.answered(call, "caves")
    assert states(await market.cases.keep.read(call.id, owner)) == {"caves": "accepted"}


async def test_conflicts_are_for_coordinators(market: Market) -> None:
    owner = member("owner")
    call = await market.opened(owner)
    call = await market.invited(call, "caves", "scan")
    wanted = NewSeat(organisation="rival", requirements=("show",))
    await refused(market.cases.seats.invite(call.id, wanted, COORDINATOR), "seat_conflict")
    call = await market.cases.seats.invite(call.id, wanted, owner)
    assert states(call)["rival"] == "requested"
    seat = seat_of(call, "rival")
    await refused(
        market.cases.seats.confirm(call.id, seat.id, COORDINATOR, read(call.version)),
        "seat_conflict",
    )


async def test_who_may_see_and_change_a_call(market: Market) -> None:
    keep, seats = market.cases.keep, market.cases.seats
    draft = await keep.create(new_call(limits={"excluded": ["ships"]}), member("owner"))
    await refused(keep.read(draft.id, member("caves")), "not_found")
    await refused(keep.publish(draft.id, member("caves"), read(1)), "not_found")
    call = await keep.publish(draft.id, member("owner"), read(1))
    public = await keep.read(call.id, member("caves"))
    assert (public.limits.excluded, public.team, public.complete) == ((), (), None)
    assert not public.may.edit
    await refused(
        keep.cancel(call.id, Cancellation(remark="x"), member("caves"), read(2)), "forbidden"
    )
    await refused(market.teams.proposals(call.id, member("caves"), around_team=True), "forbidden")
    call = await market.invited(call, "optics", "paint")
    said = seat_of(call, "optics")
    await refused(seats.release(call.id, said.id, Release(), member("caves"), read(1)), "not_found")
    closed_to_others = await market.opened(member("owner"), audience="invited")
    await refused(keep.read(closed_to_others.id, member("caves")), "not_found")
    await refused(keep.create(new_call(), member("caves")), "forbidden")
    await refused(
        keep.create(new_call(publisher="shows"), member("owner")), "own_organisation_only"
    )


async def test_versions_and_keys_keep_writers_apart(market: Market) -> None:
    keep = market.cases.keep
    first = await keep.create(new_call(), COORDINATOR, "k-1")
    assert (await keep.create(new_call(), COORDINATOR, "k-1")).id == first.id
    await refused(
        keep.create(new_call(title="Other"), COORDINATOR, "k-1"), "idempotency_key_reused"
    )
    call = await keep.publish(first.id, COORDINATOR, read(1))
    await refused(keep.replace(first.id, new_call(), COORDINATOR, read(1)), "stale_version")
    wanted = NewSeat(organisation="shows", requirements=("show",))
    for _ in range(2):
        call = await market.cases.seats.invite(call.id, wanted, COORDINATOR, "k-2")
    assert len(call.seats) == 1
    await refused(market.cases.seats.invite(call.id, wanted, COORDINATOR), "seat_taken")
    shorter = new_call(requirements=[{"id": "scan", "text": "laser scanning"}])
    await refused(
        keep.replace(call.id, shorter, COORDINATOR, read(call.version)), "requirement_in_use"
    )


async def test_every_change_is_an_audit_row_and_an_event(market: Market) -> None:
    call = await market.opened()
    call = await market.invited(call, "shows", "show")
    async with market.bench.store.transaction() as transaction:
        trail = await transaction.audit.of("call", call.id, 10)
    assert [one.action for one in trail] == ["created", "published", "seat_invited"]
    async with market.bench.database.transaction() as connection:
        query = sa.select(tables.outbox.c.payload).order_by(tables.outbox.c.id.desc()).limit(1)
        last = (await connection.execute(query)).scalar_one()
    assert (last["call_id"], last["version"], last["organisations"]) == (
        call.id,
        call.version,
        ["shows"],
    )


async def test_lists_show_what_the_reader_may_know(market: Market) -> None:
    lists = market.cases.lists
    call = await market.opened(member("owner"), title="Only for the asked", audience="invited")
    wanted = CallFilter(text="only for the")
    page = await lists.page(wanted, member("steel"), cursor=None, limit=10)
    assert page.items == ()
    await market.invited(call, "steel", "show")
    page = await lists.page(wanted, member("steel"), cursor=None, limit=10)
    assert [(one.id, one.waiting) for one in page.items] == [(call.id, None)]
    page = await lists.page(wanted, member("owner"), cursor=None, limit=10)
    assert [one.waiting for one in page.items] == [1]
    asked = await lists.invitations(member("steel"), cursor=None, limit=10)
    assert [(one.call, one.seat.state) for one in asked.items] == [(call.id, SeatState.INVITED)]
    first = await lists.page(CallFilter(), COORDINATOR, cursor=None, limit=1)
    second = await lists.page(CallFilter(), COORDINATOR, cursor=first.next_cursor, limit=1)
    assert first.items[0].id != second.items[0].id


async def test_an_erased_publishers_calls_are_gone(market: Market) -> None:
    profiles, take_in = market.bench.profiles, market.bench.take_in.take_in
    profiles.save("fleeting", {"kind": "enterprise", "names": {"en": "Fleeting"}})
    await take_in(["fleeting"])
    call = await market.opened(member("fleeting"))
    profiles.erase("fleeting")
    await take_in(["fleeting"])
    await refused(market.cases.keep.read(call.id, COORDINATOR), "not_found")


async def test_of_two_who_do_the_same_at_once_one_wins(market: Market) -> None:
    call = await market.opened()
    wanted = NewSeat(organisation="shows", requirements=("show",))
    invited = await asyncio.gather(
        *(market.cases.seats.invite(call.id, wanted, COORDINATOR) for _ in range(3)),
        return_exceptions=True,
    )
    assert sorted(map(outcome, invited)) == ["", "seat_taken", "seat_taken"]
    call = await market.cases.keep.read(call.id, COORDINATOR)
    seat = seat_of(call, "shows")
    yes = SeatAnswer(accept=True)
    answers = await asyncio.gather(
        *(
            market.cases.seats.answer(call.id, seat.id, yes, member("shows"), read(seat.version))
            for _ in range(2)
        ),
        return_exceptions=True,
    )
    assert sorted(map(outcome, answers)) == ["", "stale_version"]


def outcome(answer: object) -> str:
    return answer.code if isinstance(answer, ProblemError) else ""
