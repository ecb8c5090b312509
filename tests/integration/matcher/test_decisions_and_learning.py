"""Decisions are kept with what the suggestion was; a preference in them becomes the ranking."""

import asyncio
from datetime import UTC, datetime

import pytest
from structlog.testing import capture_logs

from services.matcher.domain.learning.stored import RecordFilter
from services.matcher.loops import learn_once as nightly
from services.matcher.loops import seconds_until
from services.matcher.service.pair_constraints import NamedPair
from services.matcher.service.suggestions import SuggestionRequest
from shared.contracts.decisions import (
    DecisionRequest,
    PairRecord,
    Reason,
    ResponseRequest,
    Verdict,
)
from shared.contracts.principal import Principal, Role
from shared.contracts.suggestions import SuggestionFilter, SuggestionPage, SuggestionSide
from shared.errors import ProblemError
from tests.support.learning_records import decide
from tests.support.matcher_bench import MatcherBench
from tests.support.profiles import profile

pytestmark = pytest.mark.anyio
COORDINATOR = Principal(subject="c", role=Role.COORDINATOR)
OPERATOR = Principal(subject="o", role=Role.OPERATOR)
MEMBER = Principal(subject="m", role=Role.MEMBER, organisation="lab")
PAIR = NamedPair("lab", "near")
APPROVED = DecisionRequest(verdict=Verdict.APPROVED)
REJECTED = DecisionRequest(verdict=Verdict.REJECTED, reasons=(Reason.OUT_OF_SCOPE,))


@pytest.fixture
async def town(bench: MatcherBench) -> MatcherBench:
    """`near` is of the lab's own province, `far` fits a little better."""
    can, need = "manufacturing of waveguide displays", "eye tracking algorithms for headsets"
    save = bench.profiles.save
    save("lab", profile("Lab", capabilities={"c": need}, needs={"n": can}, province="320000"))
    save("far", profile("Far", capabilities={"c": can}, needs={"n": need}, province="440000"))
    similar = f"{can} and prisms"
    save("near", profile("Near", capabilities={"c": similar}, needs={"n": need}, province="320000"))
    await bench.take_in.take_in(["lab", "near", "far"])
    return bench


async def suggested(bench: MatcherBench, reader: Principal = COORDINATOR) -> SuggestionPage:
    request = SuggestionRequest("lab", SuggestionSide.MUTUAL, SuggestionFilter(), 10, None)
    return await bench.suggest.suggest(request, reader)


async def all_records(bench: MatcherBench) -> tuple[PairRecord, ...]:
    return (await bench.records.page(RecordFilter(), cursor=None, limit=50)).items


async def test_a_decision_keeps_what_the_suggestion_was(town: MatcherBench) -> None:
    page = await suggested(town)
    record = await town.records.keep(PAIR, REJECTED, COORDINATOR)
    assert record.snapshot
    shown = next(one for one in page.items if one.partner.id == "near")
    assert record.snapshot.rank == shown.rank
    assert record.snapshot.probability == pytest.approx(shown.score, abs=1e-6)
    assert record.snapshot.propensity == 1.0
    values = {one.name: one.value for one in record.snapshot.features}
    assert values["same_province"] == 1.0
    assert "waveguide" not in record.model_dump_json()


async def test_the_same_said_again_is_one_record(town: MatcherBench) -> None:
    same = [town.records.keep(PAIR, APPROVED, COORDINATOR, "k") for _ in range(4)]
    found = await asyncio.gather(*same, town.records.keep(PAIR, APPROVED, COORDINATOR))
    assert len({one.id for one in found}) == 1
    with pytest.raises(ProblemError, match="idempotency_key_reused"):
        await town.records.keep(PAIR, REJECTED, COORDINATOR, "k")


async def test_a_later_decision_takes_the_place_of_the_earlier_from_either_side(
    town: MatcherBench,
) -> None:
    await town.records.keep(PAIR, APPROVED, COORDINATOR)
    await town.records.keep(NamedPair("near", "lab"), REJECTED, COORDINATOR)
    assert [(one.verdict, one.superseded) for one in await all_records(town)] == [
        (Verdict.REJECTED, False),
        (Verdict.APPROVED, True),
    ]


async def test_members_answer_and_are_told_no_figures(town: MatcherBench) -> None:
    said = ResponseRequest(verdict=Verdict.DECLINED, reasons=(Reason.CAPACITY,))
    assert (await town.records.keep(PAIR, said, MEMBER)).snapshot is None
    (kept,) = await all_records(town)
    assert kept.snapshot
    with pytest.raises(ProblemError, match="not_found"):
        await town.records.keep(NamedPair("lab", "nobody"), said, MEMBER)


async def test_erasing_an_organisation_removes_its_records(town: MatcherBench) -> None:
    await town.records.keep(PAIR, APPROVED, COORDINATOR)
    town.profiles.erase("near")
    await town.take_in.take_in(["near"])
    assert not await all_records(town)


async def test_too_few_decisions_are_told_and_nothing_goes_live(town: MatcherBench) -> None:
    await town.records.keep(PAIR, APPROVED, COORDINATOR)
    run = await town.learning.learn(OPERATOR)
    assert not run.accepted
    assert "too few" in run.report.why_not[0]
    assert (await suggested(town)).freshness.ranking_version == "hand-set"


async def test_a_preference_is_learned_shown_and_rolled_back(town: MatcherBench) -> None:
    before = await suggested(town)
    assert [one.partner.id for one in before.items] == ["far", "near"]
    await decide(town, 200)
    run = await town.learning.learn(OPERATOR)
    assert run.accepted, run.report
    assert run.live
    live, learned = run.report.figures
    assert (learned.log_loss, -learned.auc) < (live.log_loss, -live.auc)
    after = await suggested(town)
    assert [one.partner.id for one in after.items] == ["near", "far"]
    assert after.freshness.ranking_version == f"learned-{run.id}"
    assert any(one.name == "same_province" for one in after.items[0].features)
    assert (await town.learning.roll_back(OPERATOR)).version == "hand-set"
    assert [one.partner.id for one in (await suggested(town)).items] == ["far", "near"]
    with pytest.raises(ProblemError, match="conflict"):
        await town.learning.roll_back(OPERATOR)
    assert not (await town.learning.get(run.id)).live


async def test_at_night_only_what_is_new_is_learned_from(town: MatcherBench) -> None:
    assert await town.learning.learn_from_new(OPERATOR) is None
    await town.records.keep(PAIR, APPROVED, COORDINATOR)
    assert await town.learning.learn_from_new(OPERATOR)
    assert await town.learning.learn_from_new(OPERATOR) is None
    now = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
    assert (seconds_until(3, now), seconds_until(4, now)) == (86_400, 3_600)


async def test_one_process_learns_at_a_time_and_the_log_says_what_came_of_a_night(
    town: MatcherBench,
) -> None:
    with capture_logs() as nothing:
        await nightly(town.learning)
    await town.records.keep(PAIR, APPROVED, COORDINATOR)
    async with town.store.transaction() as elsewhere:
        assert await elsewhere.runs.claim()
        with pytest.raises(ProblemError, match="conflict"):
            await town.learning.learn(OPERATOR)
        with capture_logs() as busy:
            await nightly(town.learning)
    with capture_logs() as done:
        await nightly(town.learning)
    assert [(one["event"], one.get("because")) for one in (*nothing, *busy)] == [
        ("learning_skipped", "nothing was decided since the last run"),
        ("learning_skipped", "another process is learning"),
    ]
    (said,) = done
    assert (said["event"], said["live"], said["examples"]) == ("learning_done", False, 1)
    assert "too few" in said["why_not"][0]


async def test_what_makes_held_out_figures_worse_does_not_go_live(town: MatcherBench) -> None:
    """The coordinator who comes later wants the opposite."""
    await decide(town, 160)
    await decide(town, 50, towards=-1.0, start=160)
    run = await town.learning.learn(OPERATOR)
    assert not run.accepted
    assert any("rises" in reason or "falls" in reason for reason in run.report.why_not)
