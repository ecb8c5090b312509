"""Sets of organisations for a call: who may ask, what counts, and what is said where nobody fits.

The model here knows words only: a capability that repeats a requirement covers it.
"""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from services.matcher.domain.pairs import Pair, StoredPairConstraint
from shared.contracts.consortia import ConsortiumAnswer, ConsortiumRequest
from shared.contracts.constraints import PairConstraintKind
from shared.contracts.principal import Principal, Role
from shared.errors import ProblemError
from tests.support.matcher_bench import MatcherBench
from tests.support.profiles import profile

pytestmark = pytest.mark.anyio

COORDINATOR = Principal(subject="c", role=Role.COORDINATOR)
SCAN = "laser scanning of painted caves"
PAINT = "multispectral imaging of mural pigments"
SHOW = "immersive exhibition for museum visitors"
NOISE = {
    "wheat": "growing wheat on saline soil",
    "ships": "legal advice on shipping insurance",
    "bridge": "fatigue tests of suspension bridges",
    "honey": "honey bee breeding in alpine valleys",
    "tyres": "recycling of rubber tyres into asphalt",
    "music": "archives of folk music recordings",
    "steel": "rolling of stainless steel sheets",
    "cells": "culture of insect cells in bioreactors",
}


def member(organisation: str) -> Principal:
    return Principal(subject="m", role=Role.MEMBER, organisation=organisation)


async def ask(
    bench: MatcherBench,
    *texts: str,
    reader: Principal = COORDINATOR,
    nice: tuple[str, ...] = (),
    proposals: int = 1,
    organisation: str | None = None,
    **limits: Any,
) -> ConsortiumAnswer:
    requirements = [{"id": text.split()[0], "text": text} for text in texts]
    requirements += [{"id": t.split()[0], "text": t, "must_have": False} for t in nice]
    body = {
        "title": "A call",
        "organisation": organisation,
        "requirements": requirements,
        "limits": limits,
        "proposals": proposals,
    }
    return await bench.consortia.propose(ConsortiumRequest.model_validate(body), reader)


def teams(answer: ConsortiumAnswer) -> list[set[str]]:
    return [{one.partner.id for one in proposal.members} for proposal in answer.proposals]


@pytest.fixture
async def valley(bench: MatcherBench) -> MatcherBench:
    save = bench.profiles.save
    for id, text in NOISE.items():
        save(id, profile(id.title(), capabilities={"c1": text}, province="310000"))
    save("caves", profile("Caves", capabilities={"c1": SCAN}, province="620000"))
    save(
        "caves-2",
        profile("Caves Two", capabilities={"c1": SCAN + " and statues"}, province="620000"),
    )
    save("optics", profile("Optics", kind="enterprise", capabilities={"c1": PAINT}))
    save(
        "optics-2",
        profile("Optics Two", kind="enterprise", capabilities={"c1": PAINT + " in place"}),
    )
    save("shows", profile("Shows", kind="enterprise", capabilities={"c1": SHOW}, country="DE"))
    save("owner", profile("Owner", kind="enterprise", capabilities={"c1": "tickets"}))
    everybody = [*NOISE, "caves", "caves-2", "optics", "optics-2", "shows", "owner"]
    await bench.take_in.take_in(everybody)
    return bench


async def test_a_set_covers_all_must_haves_and_says_who_covers_what(valley: MatcherBench) -> None:
    answer = await ask(valley, SCAN, PAINT)
    assert answer.feasible
    proposal = answer.proposals[0]
    assert teams(answer) == [{"caves", "optics"}]
    assert proposal.complete
    assert [row.covered_by for row in proposal.matrix] == ["caves", "optics"]
    assert proposal.uncovered == ()
    first = proposal.matrix[0].cells
    assert {cell.organisation: cell.covers for cell in first} == {"caves": True, "optics": False}
    quoted = next(cell.statement for cell in first if cell.covers)
    assert quoted is not None
    assert quoted.text == SCAN
    by_id = {one.partner.id: one for one in proposal.members}
    assert by_id["caves"].covers_alone == ("laser",)
    assert by_id["caves"].contribution > 0.2
    assert [one.partner.id for one in by_id["caves"].alternatives] == ["caves-2"]
    assert by_id["caves"].alternatives[0].change <= 0
    assert 0 < proposal.promise.share_of_best <= 1


async def test_proposals_differ_by_more_than_a_swap(valley: MatcherBench) -> None:
    answer = await ask(valley, SCAN, PAINT, proposals=3)
    assert teams(answer)[:2] == [{"caves", "optics"}, {"caves-2", "optics-2"}]
    assert answer.proposals[0].coverage >= answer.proposals[1].coverage


async def test_a_nice_to_have_is_covered_where_there_is_a_seat(valley: MatcherBench) -> None:
    answer = await ask(valley, SCAN, PAINT, nice=(SHOW,))
    assert teams(answer) == [{"caves", "optics", "shows"}]
    answer = await ask(valley, SCAN, PAINT, nice=(SHOW,), maximum_size=2)
    assert teams(answer) == [{"caves", "optics"}]
    gap = answer.proposals[0].uncovered[0]
    assert (gap.requirement, gap.reason.value, gap.nearest) == ("immersive", "no_seat", ("shows",))


async def test_a_flagged_hub_gives_its_seat_to_the_next_one(valley: MatcherBench) -> None:
    assert teams(await ask(valley, SCAN, PAINT)) == [{"caves", "optics"}]
    async with valley.store.transaction() as transaction:
        held = {one.id: one for one in await transaction.snapshots.page(after=None, limit=100)}
        caves = held["caves"]
        assert caves.profile
        flagged = replace(caves.profile, hub=3.0, version=caves.version + 1)
        await transaction.snapshots.save(
            [replace(caves, version=caves.version + 1, profile=flagged)]
        )
    assert teams(await ask(valley, SCAN, PAINT)) == [{"caves-2", "optics"}]


async def test_what_nobody_covers_is_said_and_the_rest_is_proposed(valley: MatcherBench) -> None:
    answer = await ask(valley, SCAN, "quantum gravity zirconium")
    assert not answer.feasible
    assert answer.infeasible is not None
    assert "quantum" in answer.infeasible.reasons[0].en
    assert "quantum" in answer.infeasible.reasons[0].zh
    step = answer.infeasible.ways_out[0].steps[0]
    assert (step.change, step.name) == ("nice_to_have", "quantum")
    assert not answer.proposals[0].complete
    assert "caves" in teams(answer)[0]


async def test_limits_are_kept_and_the_smallest_way_out_is_told(valley: MatcherBench) -> None:
    answer = await ask(valley, SCAN, PAINT, SHOW, maximum_size=2)
    assert not answer.feasible
    assert answer.infeasible is not None
    assert [(s.change, s.by) for s in answer.infeasible.ways_out[0].steps] == [("larger", 1)]
    answer = await ask(valley, SCAN, SHOW, countries=["CN"])
    assert answer.infeasible is not None
    steps = answer.infeasible.ways_out[0].steps
    assert [(step.change, step.name) for step in steps] == [("place", "DE")]
    answer = await ask(valley, SCAN, SHOW, countries=["DE"], provinces=["620000"])
    assert teams(answer) == [{"caves", "shows"}]


async def test_fixed_members_stay_and_excluded_ones_stay_out(valley: MatcherBench) -> None:
    answer = await ask(valley, SCAN, PAINT, fixed=["wheat"], excluded=["caves"])
    assert teams(answer) == [{"caves-2", "optics", "wheat"}]
    fixed = next(one for one in answer.proposals[0].members if one.partner.id == "wheat")
    assert fixed.fixed
    assert fixed.alternatives == ()


async def test_an_unknown_fixed_member_is_named(valley: MatcherBench) -> None:
    with pytest.raises(ProblemError) as refused:
        await ask(valley, SCAN, fixed=["wheat", "nobody"])
    assert [field.field for field in refused.value.fields] == ["limits.fixed.1"]


async def test_those_who_exclude_each_other_are_in_no_set_together(valley: MatcherBench) -> None:
    valley.profiles.save(
        "caves", profile("Caves", capabilities={"c1": SCAN}, exclusions=["optics"])
    )
    await valley.take_in.take_in(["caves"])
    answer = await ask(valley, SCAN, PAINT, proposals=4)
    assert answer.feasible
    assert not any({"caves", "optics"} <= team for team in teams(answer))
    both = await ask(valley, SCAN, PAINT, fixed=["caves", "optics"])
    assert both.infeasible is not None
    steps = [way.steps for way in both.infeasible.ways_out]
    assert {(one[0].change, one[0].name) for one in steps} == {
        ("released", "caves"),
        ("released", "optics"),
    }


@pytest.mark.parametrize(
    ("kind", "apart"),
    [
        (PairConstraintKind.NEVER_AGAIN, True),
        (PairConstraintKind.CONFLICT_OF_INTEREST, True),
        (PairConstraintKind.ALREADY_PARTNERS, False),
    ],
)
async def test_pairs_that_coordinators_keep_apart_are_in_no_set(
    valley: MatcherBench, kind: PairConstraintKind, apart: bool
) -> None:
    said = StoredPairConstraint(
        Pair.of("caves", "optics"), kind, None, None, "c", datetime.now(UTC)
    )
    async with valley.store.transaction() as transaction:
        await transaction.pairs.put(said)
    answer = await ask(valley, SCAN, PAINT)
    assert ({"caves", "optics"} <= teams(answer)[0]) is not apart


async def test_who_has_no_capacity_left_is_in_no_set(valley: MatcherBench) -> None:
    valley.profiles.save("caves", profile("Caves", capabilities={"c1": SCAN}, capacity=0))
    await valley.take_in.take_in(["caves"])
    assert teams(await ask(valley, SCAN, PAINT)) == [{"caves-2", "optics"}]


async def test_a_member_cannot_find_out_who_excludes_whom(valley: MatcherBench) -> None:
    before = await ask(valley, SCAN, PAINT, reader=member("owner"), fixed=["caves", "optics"])
    valley.profiles.save(
        "caves", profile("Caves", capabilities={"c1": SCAN}, exclusions=["optics"])
    )
    await valley.take_in.take_in(["caves"])
    after = await ask(valley, SCAN, PAINT, reader=member("owner"), fixed=["caves", "optics"])
    assert after.feasible
    assert teams(after) == teams(before)
    assert "coordinators" in after.notes[0].en


async def test_confidential_statements_count_for_coordinators_only(valley: MatcherBench) -> None:
    secret = {"id": "c1", "text": SHOW, "visibility": "confidential"}
    valley.profiles.save("shows", {**profile("Shows", kind="enterprise"), "capabilities": [secret]})
    await valley.take_in.take_in(["shows"])
    assert teams(await ask(valley, SCAN, SHOW)) == [{"caves", "shows"}]
    answer = await ask(valley, SCAN, SHOW, reader=member("owner"))
    assert all("shows" not in team for team in teams(answer))
    assert SHOW not in answer.model_dump_json(exclude={"requirements": {"__all__": {"text"}}})


async def test_members_ask_for_an_enterprises_own_call_only(valley: MatcherBench) -> None:
    assert (await ask(valley, SCAN, PAINT, reader=member("owner"))).feasible
    for reader, organisation, code in (
        (member("owner"), "optics", "own_organisation_only"),
        (member("wheat"), None, "forbidden"),
    ):
        with pytest.raises(ProblemError) as refused:
            await ask(valley, SCAN, reader=reader, organisation=organisation)
        assert refused.value.code == code


async def test_the_owner_and_whom_it_excludes_are_no_candidates(valley: MatcherBench) -> None:
    valley.profiles.save(
        "owner",
        profile("Owner", kind="enterprise", capabilities={"c1": PAINT}, exclusions=["optics"]),
    )
    answer = await ask(valley, SCAN, PAINT, reader=member("owner"))
    assert teams(answer) == [{"caves", "optics-2"}]
    again = await ask(valley, SCAN, PAINT, reader=member("owner"), fixed=["owner"])
    assert "owner" in teams(again)[0]


async def test_the_same_question_has_the_same_answer(valley: MatcherBench) -> None:
    one, two = [await ask(valley, SCAN, PAINT, nice=(SHOW,), proposals=3) for _ in range(2)]
    assert one.model_copy(update={"freshness": two.freshness}) == two
