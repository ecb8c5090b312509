"""Why is X not suggested? Told precisely to coordinators, and to members without what is secret."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.matcher.domain.pairs import Pair
from services.matcher.service.pair_constraints import NamedPair
from shared.contracts.constraints import NewPairConstraint, PairConstraintKind
from shared.contracts.organisation import Kind
from shared.contracts.principal import Principal, Role
from shared.contracts.suggestions import SuggestionSide
from shared.contracts.why_not import ReasonCode, WhyNot, WhyNotQuery
from shared.errors import ProblemError
from tests.support.matcher_bench import MatcherBench
from tests.support.profiles import profile

pytestmark = pytest.mark.anyio

COORDINATOR = Principal(subject="chen", role=Role.COORDINATOR)
MEMBER = Principal(subject="m", role=Role.MEMBER, organisation="lab")
TRACKING, DISPLAYS = "eye tracking algorithms for headsets", "manufacturing of waveguide displays"


@pytest.fixture
async def town(bench: MatcherBench) -> MatcherBench:
    save = bench.profiles.save
    save("lab", profile("Lab", capabilities={"c1": TRACKING}, needs={"n1": DISPLAYS}))
    for name in ("maker", "rival"):
        save(name, profile(name, capabilities={"c1": DISPLAYS}, needs={"n1": TRACKING}))
    save("farm", profile("Farm", capabilities={"c1": "growing wheat on saline soil"}))
    save("void", profile("Void"))
    await bench.take_in.take_in(["lab", "maker", "rival", "farm", "void"])
    return bench


async def why_not(
    bench: MatcherBench, other: str, reader: Principal = COORDINATOR, **query: Any
) -> WhyNot:
    return await bench.why_not.explain("lab", other, WhyNotQuery(**query), reader)


def codes(answer: WhyNot) -> list[ReasonCode]:
    return [one.code for one in answer.reasons]


async def bar(bench: MatcherBench, reason: ReasonCode, other: str = "maker") -> None:
    """Make this the reason."""
    saved = profile(other, capabilities={"c1": DISPLAYS}, needs={"n1": TRACKING})
    if reason.value in {kind.value for kind in PairConstraintKind}:
        kind = PairConstraintKind(reason.value)
        body = NewPairConstraint(reason="they went to court")
        await bench.pair_constraints.put(NamedPair("lab", other), kind, body, COORDINATOR)
    elif reason is ReasonCode.EXCLUDED_BY_OTHER:
        bench.profiles.save(other, {**saved, "exclusions": ["lab"]})
    elif reason is ReasonCode.AT_CAPACITY:
        bench.profiles.save(other, {**saved, "capacity": 0})
    elif reason is ReasonCode.POLICY_HOLD:
        async with bench.store.transaction() as transaction:
            await transaction.holds.hold(other, None, "token-issuance")
    elif reason is ReasonCode.STALE_PROFILE:
        bench.profiles.now = datetime.now(UTC) - timedelta(days=1000)
        bench.profiles.save(other, saved)
    elif reason is ReasonCode.INTRODUCED:
        async with bench.store.transaction() as transaction:
            await transaction.introductions.open(Pair.of("lab", other), datetime.now(UTC))
    await bench.take_in.take_in([other])


HIDDEN = (
    ReasonCode.EXCLUDED_BY_OTHER,
    ReasonCode.NEVER_AGAIN,
    ReasonCode.CONFLICT_OF_INTEREST,
    ReasonCode.AT_CAPACITY,
    ReasonCode.POLICY_HOLD,
)
TOLD = (ReasonCode.ALREADY_PARTNERS, ReasonCode.STALE_PROFILE, ReasonCode.INTRODUCED)


@pytest.mark.parametrize("reason", [*HIDDEN, *TOLD])
async def test_a_coordinator_is_told_each_constraint_and_what_it_would_have_scored(
    town: MatcherBench, reason: ReasonCode
) -> None:
    await bar(town, reason)
    answer = await why_not(town, "maker")
    assert codes(answer) == [reason]
    assert (answer.listed, answer.rank) == (False, None)
    assert answer.score is not None
    assert answer.score > 0.9
    assert answer.receives is not None
    assert answer.receives.answers[0].capability.text == DISPLAYS


@pytest.mark.parametrize("reason", TOLD)
async def test_a_member_is_told_what_both_sides_know(
    town: MatcherBench, reason: ReasonCode
) -> None:
    await bar(town, reason)
    answer = await why_not(town, "maker", MEMBER)
    assert codes(answer) == [reason]
    assert "court" not in answer.model_dump_json()


async def test_a_member_cannot_tell_one_secret_reason_from_another(town: MatcherBench) -> None:
    told = set()
    for number, reason in enumerate(HIDDEN):
        other = f"maker-{number}"
        saved = profile("Maker", capabilities={"c1": DISPLAYS}, needs={"n1": TRACKING})
        town.profiles.save(other, saved)
        await bar(town, reason, other)
        if reason is ReasonCode.CONFLICT_OF_INTEREST:
            await bar(town, ReasonCode.NEVER_AGAIN, other)
        answer = await why_not(town, other, MEMBER)
        assert codes(answer) == [ReasonCode.UNDISCLOSED], reason
        same = answer.model_copy(
            update={"other": "x", "freshness": None, "partner": None}
        ).model_dump()
        told.add(repr(same))
    assert len(told) == 1
    assert "'score': None" in told.pop()


async def test_own_exclusions_are_told(town: MatcherBench) -> None:
    lab = profile("Lab", capabilities={"c1": TRACKING}, needs={"n1": DISPLAYS})
    town.profiles.save("lab", {**lab, "exclusions": ["maker"]})
    answer = await why_not(town, "maker", MEMBER)
    assert codes(answer) == [ReasonCode.EXCLUDED_BY_ASKER]
    assert answer.score is None, "what keeps it out ends the answer"


async def test_each_filter_that_it_fails_is_named(town: MatcherBench) -> None:
    query = {"kind": Kind.ENTERPRISE, "country": "DE", "province": "320000", "field": "optics"}
    answer = await why_not(town, "maker", MEMBER, **query)
    assert codes(answer) == [
        ReasonCode.OTHER_KIND,
        ReasonCode.OTHER_COUNTRY,
        ReasonCode.OTHER_PROVINCE,
        ReasonCode.OTHER_FIELD,
    ]
    assert "enterprise" in answer.reasons[0].en
    assert "enterprise" in answer.reasons[0].zh


async def test_one_in_the_list_is_told_its_rank_and_score(town: MatcherBench) -> None:
    answer = await why_not(town, "maker", MEMBER)
    assert codes(answer)[0] is ReasonCode.SHOWN
    assert (answer.listed, answer.rank) == (True, 1)
    assert answer.score is not None


async def test_one_after_the_first_page_is_told_where_it_is_and_what_is_low(
    town: MatcherBench,
) -> None:
    answer = await why_not(town, "farm", MEMBER, limit=1)
    assert codes(answer) == [ReasonCode.FURTHER_DOWN]
    assert answer.listed
    assert answer.rank is not None
    assert answer.rank > 1
    assert answer.score is not None
    assert answer.last_shown_score is not None
    assert answer.score < answer.last_shown_score
    assert "receives" in {one.name for one in answer.lower_features}
    assert answer.receives is not None
    assert [one.text for one in answer.receives.unmet] == [DISPLAYS]


async def test_one_below_the_minimum_is_told_both_figures(town: MatcherBench) -> None:
    answer = await why_not(town, "farm", MEMBER, minimum_score=0.9)
    assert codes(answer) == [ReasonCode.BELOW_MINIMUM]
    assert not answer.listed
    assert "0.9" in answer.reasons[0].en
    assert answer.score is not None


async def test_a_near_duplicate_that_was_moved_down_is_told_who_stands_for_it(
    town: MatcherBench,
) -> None:
    town.profiles.save(
        "third",
        profile(
            "Third",
            capabilities={"c1": DISPLAYS, "c2": "optical coating of lenses"},
            needs={"n1": f"{TRACKING} of visitors", "n2": "rental of laboratory rooms"},
        ),
    )
    await town.take_in.take_in(["third"])
    side = SuggestionSide.CAPABILITY
    answer = await why_not(town, "rival", MEMBER, side=side)
    assert codes(answer) == [ReasonCode.SHOWN, ReasonCode.STOOD_FOR]
    assert answer.rank == 3
    assert answer.stands_for_it is not None
    assert answer.stands_for_it.organisation == "maker"
    assert "maker" in answer.reasons[1].zh
    undiverse = await why_not(town, "rival", MEMBER, side=side, diversity=False)
    assert (codes(undiverse), undiverse.rank) == ([ReasonCode.SHOWN], 2)


async def test_one_without_statements_is_told_so(town: MatcherBench) -> None:
    assert codes(await why_not(town, "void", MEMBER)) == [ReasonCode.NOTHING_STATED]
    async with town.store.transaction() as transaction:
        await transaction.holds.hold("farm", "c1", "mining")
    assert codes(await why_not(town, "farm")) == [ReasonCode.POLICY_HOLD]
    assert codes(await why_not(town, "farm", MEMBER)) == [ReasonCode.UNDISCLOSED]


async def test_one_that_was_saved_a_moment_ago_is_not_indexed_yet(town: MatcherBench) -> None:
    town.profiles.save("new", profile("New", capabilities={"c1": DISPLAYS}))
    assert codes(await why_not(town, "new", MEMBER)) == [ReasonCode.NOT_INDEXED]


async def test_one_asks_for_itself_in_vain(town: MatcherBench) -> None:
    assert codes(await why_not(town, "lab", MEMBER)) == [ReasonCode.SAME_ORGANISATION]


async def test_a_member_cannot_tell_a_withdrawn_organisation_from_none(town: MatcherBench) -> None:
    town.profiles.withdraw("maker")
    town.profiles.erase("rival")
    problems = []
    for other in ("maker", "rival", "nobody"):
        with pytest.raises(ProblemError) as caught:
            await why_not(town, other, MEMBER)
        problems.append((caught.value.code, {**caught.value.parameters, "id": ""}))
    assert problems[0] == problems[1] == problems[2]
    assert codes(await why_not(town, "maker"))[0] is ReasonCode.WITHDRAWN
    with pytest.raises(ProblemError, match="erased"):
        await why_not(town, "rival")


async def test_members_ask_for_their_own_organisation_only(town: MatcherBench) -> None:
    stranger = Principal(subject="s", role=Role.MEMBER, organisation="maker")
    with pytest.raises(ProblemError, match="forbidden"):
        await why_not(town, "farm", stranger)


async def test_confidential_statements_are_not_quoted_in_the_answer(town: MatcherBench) -> None:
    secret = "a confidential detector of gravitational anomalies"
    saved = profile("Secretive")
    saved["capabilities"] = [{"id": "hidden", "text": secret, "visibility": "confidential"}]
    town.profiles.save("secretive", saved)
    await town.take_in.take_in(["secretive"])
    assert secret not in (await why_not(town, "secretive", MEMBER)).model_dump_json()
    assert secret in (await why_not(town, "secretive")).model_dump_json()
