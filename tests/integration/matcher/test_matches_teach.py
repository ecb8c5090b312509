"""What is said on matches reaches learning: from both sides, whoever has made the match."""

import pytest

from services.matcher.domain.learning.examples import Example, examples
from services.matcher.domain.learning.learned_ranking import EDITION
from services.matcher.domain.matches.suggesting import SuggestedPair
from services.matcher.domain.pairs import Pair
from services.matcher.match_cases import MatchCases, match_cases
from services.matcher.service.matches.cases import Cases
from services.matcher.service.matches.explaining import ExplainPair
from shared.contracts.decisions import Reason
from shared.contracts.match_requests import (
    Decision,
    IntroductionRequest,
    MatchDecisionRequest,
    MatchResponseRequest,
    SideAnswer,
)
from shared.contracts.principal import Principal, Role
from shared.http.preconditions import Precondition
from tests.support.matcher_bench import MatcherBench
from tests.support.profiles import profile

pytestmark = pytest.mark.anyio
COORDINATOR = Principal(subject="c", role=Role.COORDINATOR)
OPERATOR = Principal(subject="o", role=Role.OPERATOR)
PAIR = Pair("lab", "maker")
INTERESTED = MatchResponseRequest(answer=SideAnswer.INTERESTED)
DECLINED = MatchResponseRequest(answer=SideAnswer.DECLINED, reasons=(Reason.OUT_OF_SCOPE,))
ANY = Precondition(any_version=True, given=True)


def member(organisation: str) -> Principal:
    return Principal(subject=f"m-{organisation}", role=Role.MEMBER, organisation=organisation)


@pytest.fixture
async def cases(bench: MatcherBench) -> MatchCases:
    """Matches over the real ranking; the lab and the maker want each other."""
    can, need = "manufacturing of waveguide displays", "eye tracking algorithms for headsets"
    field = {"fields": ["near-eye-microdisplay"]}
    bench.profiles.save("lab", profile("Lab", capabilities={"c": need}, needs={"n": can}, **field))
    bench.profiles.save(
        "maker", profile("Maker", capabilities={"c": can}, needs={"n": need}, **field)
    )
    await bench.take_in.take_in(list(PAIR))
    explain = ExplainPair(bench.listing, bench.records).explain
    return match_cases(Cases(bench.store), bench.profiles, explain, 24)


async def suggested(cases: MatchCases, evidence: SuggestedPair | None = None) -> str:
    """The match that a run has made; without evidence as a run that keeps none."""
    await cases.suggested.record([evidence or SuggestedPair(PAIR, 0.7)], "run-1")
    async with cases.cases.store.transaction() as transaction:
        return (await transaction.matches.lock_pairs([PAIR]))[PAIR].id


async def decide(cases: MatchCases, id: str, decision: Decision) -> None:
    reasons = (Reason.OUT_OF_SCOPE,) if decision is Decision.REJECT else ()
    said = MatchDecisionRequest(decision=decision, reasons=reasons)
    await cases.deciding.decide(id, said, COORDINATOR, ANY)


async def taught(bench: MatcherBench) -> list[Example]:
    """What learning would learn from now."""
    async with bench.store.transaction() as transaction:
        records = await transaction.records.standing()
    return examples(records, EDITION, bench.live.current().state.model)


@pytest.mark.parametrize("decision", [Decision.APPROVE, Decision.REJECT])
async def test_a_decision_on_a_match_without_a_snapshot_teaches(
    bench: MatcherBench, cases: MatchCases, decision: Decision
) -> None:
    id = await suggested(cases)
    await decide(cases, id, decision)
    (one,) = await taught(bench)
    assert one.label == (decision is Decision.APPROVE)
    assert one.values
    run = await bench.learning.learn(OPERATOR)
    assert (run.report.examples, run.report.left_out) == (1, 0)


@pytest.mark.parametrize("side", list(PAIR))
async def test_both_sides_answers_teach(bench: MatcherBench, cases: MatchCases, side: str) -> None:
    id = await suggested(cases)
    await decide(cases, id, Decision.APPROVE)
    await decide(cases, id, Decision.ASK)
    await cases.answering.respond(id, DECLINED, member(side), ANY)
    assert sorted((one.decided, one.label) for one in await taught(bench)) == [
        (False, 0.0),
        (True, 1.0),
    ]


async def test_answers_teach_what_stood_in_the_answering_sides_own_list(
    bench: MatcherBench, cases: MatchCases
) -> None:
    explained = await ExplainPair(bench.listing, bench.records).explain(PAIR)
    assert explained
    assert set(explained.evidence.snapshots) == set(PAIR)
    id = await suggested(cases, explained)
    await decide(cases, id, Decision.APPROVE)
    await decide(cases, id, Decision.ASK)
    for side in PAIR:
        await cases.answering.respond(id, INTERESTED, member(side), ANY)
    async with bench.store.transaction() as transaction:
        answers = {
            one.organisation: one.snapshot
            for one in await transaction.records.standing()
            if one.kind == "response"
        }
    assert answers == explained.evidence.snapshots


async def test_a_run_that_suggests_an_open_match_again_takes_no_snapshot_away(
    bench: MatcherBench, cases: MatchCases
) -> None:
    explained = await ExplainPair(bench.listing, bench.records).explain(PAIR)
    assert explained
    id = await suggested(cases, explained)
    await suggested(cases)
    async with bench.store.transaction() as transaction:
        kept = await transaction.matches.evidence(id)
    assert kept.snapshots == explained.evidence.snapshots
    assert kept.first == explained.evidence.first, "what a run does not explain stays explained"


async def test_a_members_request_teaches_on_a_match_that_a_run_has_made(
    bench: MatcherBench, cases: MatchCases
) -> None:
    id = await suggested(cases)
    said = IntroductionRequest(organisation="maker", other="lab")
    assert (await cases.requesting.request(said, member("maker"), None)).id == id
    async with bench.store.transaction() as transaction:
        kept = await transaction.matches.evidence(id)
    assert set(kept.snapshots) == set(PAIR)
    (one,) = await taught(bench)
    assert (one.label, one.decided) == (1.0, False)
