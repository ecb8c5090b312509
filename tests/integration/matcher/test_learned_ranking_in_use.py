"""Where a learned ranking answers: beside the list too, and only with what it was learned with."""

from dataclasses import replace

import pytest

from services.matcher.domain.learning.learned_ranking import LearnedRanking
from services.matcher.service.pair_constraints import NamedPair
from services.matcher.service.suggestions import SuggestionRequest
from shared.contracts.constraints import NewPairConstraint, PairConstraintKind
from shared.contracts.principal import Principal, Role
from shared.contracts.suggestions import SuggestionFilter, SuggestionPage, SuggestionSide
from shared.contracts.why_not import WhyNot, WhyNotQuery
from tests.support.learning_records import activate, decide
from tests.support.matcher_bench import MatcherBench
from tests.support.profiles import profile

pytestmark = pytest.mark.anyio
COORDINATOR = Principal(subject="c", role=Role.COORDINATOR)
CAUTIOUS = LearnedRanking(shift=-20.0)


@pytest.fixture
async def twins(bench: MatcherBench) -> MatcherBench:
    """Two makers that are alike; one of them is barred from the lab's list."""
    tracking, displays = "eye tracking for headsets", "manufacturing of waveguide displays"
    bench.profiles.save("lab", profile("Lab", capabilities={"c": tracking}, needs={"n": displays}))
    for name in ("barred", "listed"):
        one = profile("Maker", capabilities={"c": displays}, needs={"n": tracking})
        bench.profiles.save(name, one)
    await bench.take_in.take_in(["lab", "barred", "listed"])
    body = NewPairConstraint(reason="a quarrel")
    pair, kind = NamedPair("lab", "barred"), PairConstraintKind.NEVER_AGAIN
    await bench.pair_constraints.put(pair, kind, body, COORDINATOR)
    return bench


async def suggested(bench: MatcherBench) -> SuggestionPage:
    request = SuggestionRequest("lab", SuggestionSide.MUTUAL, SuggestionFilter(), 10, None)
    return await bench.suggest.suggest(request, COORDINATOR)


async def test_one_outside_the_list_is_scored_by_what_was_learned(twins: MatcherBench) -> None:
    async def told() -> WhyNot:
        return await twins.why_not.explain("lab", "barred", WhyNotQuery(), COORDINATOR)

    before = (await told()).score
    await activate(twins, CAUTIOUS)
    after = await told()
    assert before
    assert after.score
    assert after.score < before
    assert after.score == after.last_shown_score


async def test_the_answer_to_why_not_names_the_ranking_that_has_answered(
    twins: MatcherBench,
) -> None:
    run = await activate(twins, CAUTIOUS)
    answer = await twins.why_not.explain("lab", "barred", WhyNotQuery(), COORDINATOR)
    assert answer.freshness.ranking_version == f"learned-{run}"


async def test_other_statistics_retire_what_was_learned(twins: MatcherBench) -> None:
    before = await suggested(twins)
    run = await activate(twins, CAUTIOUS)
    assert (await suggested(twins)).freshness.ranking_version == f"learned-{run}"
    await activate(twins, CAUTIOUS, statistics_version=7)
    after = await suggested(twins)
    assert after.freshness.ranking_version == "hand-set"
    assert after.items[0].score == before.items[0].score


async def test_at_night_it_is_learned_again_with_other_statistics(twins: MatcherBench) -> None:
    await decide(twins, 10)
    assert await twins.learning.learn_from_new(COORDINATOR)
    assert await twins.learning.learn_from_new(COORDINATOR) is None
    live = twins.live.current()
    state = replace(live.state, statistics_version=7)
    twins.live.set(replace(live, state=state))
    assert await twins.learning.learn_from_new(COORDINATOR)
    assert await twins.learning.learn_from_new(COORDINATOR) is None
