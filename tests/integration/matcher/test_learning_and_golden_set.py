"""What is learned goes live only where known answers stay as high as they are."""

from dataclasses import dataclass

import pytest

from services.matcher.domain.learning.known_answers import (
    Answered,
    Candidate,
    GoldenFigures,
    golden_figures,
)
from services.matcher.domain.learning.learned_ranking import HAND_SET, LearnedRanking
from services.matcher.domain.partner_features import FeatureName, PartnerFeature
from services.matcher.evaluation.golden import GoldenSet
from services.matcher.service.learning import LearnRanking
from services.matcher.service.live_ranking import LiveRanking
from services.matcher.service.partner_ranking import PartnerRanking, stored_partners
from services.matcher.store import MatcherStore
from shared.contracts.principal import Principal, Role
from tests.support.learning_records import decide
from tests.support.matcher_bench import MatcherBench

pytestmark = pytest.mark.anyio
OPERATOR = Principal(subject="o", role=Role.OPERATOR)


def ranking_over(store: MatcherStore) -> PartnerRanking:
    return PartnerRanking(stored_partners(store))


@dataclass
class WrittenFigures:
    """A GoldenCheck with figures that were written down."""

    learned: GoldenFigures
    hand_set: GoldenFigures

    async def figures(self, ranking: LearnedRanking) -> GoldenFigures:
        return self.hand_set if ranking is HAND_SET else self.learned


def candidate(id: str, score: float, overlap: float) -> Candidate:
    return Candidate(id, score, (PartnerFeature(FeatureName.FIELD_OVERLAP, overlap, 0.0),))


def test_figures_are_of_the_order_that_would_be_shown() -> None:
    two = (candidate("right", 0.4, 0.0), candidate("wrong", 0.5, -1.0))
    queries = [Answered(two, frozenset({"right"})), Answered(two, frozenset({"wrong"}))]
    absent = Answered(two, frozenset({"elsewhere"}))
    assert golden_figures(HAND_SET, queries) == GoldenFigures(0.75, 0.5)
    assert golden_figures(HAND_SET, [queries[0], absent]) == GoldenFigures(0.25, 0.0)
    learned = LearnedRanking(changes={FeatureName.FIELD_OVERLAP: 3.0})
    assert golden_figures(learned, queries[:1]) == GoldenFigures(1.0, 1.0)


async def test_the_golden_set_is_ranked_once_for_all_weights_beside_the_platform(
    bench: MatcherBench,
) -> None:
    golden = GoldenSet(bench.live, ranking_over)
    hand_set = await golden.figures(HAND_SET)
    encoded = bench.embedder.encoded
    # The stand-in for a model knows no meaning: that figures are good is the quality gate's.
    other = await golden.figures(LearnedRanking(changes={FeatureName.ACTIVITY: -50.0}))
    assert 0 < hand_set.mrr < 1
    assert other.mrr != hand_set.mrr
    assert await golden.figures(HAND_SET) == hand_set
    assert bench.embedder.encoded == encoded
    assert not await bench.held()
    async with bench.store.transaction() as transaction:
        assert not await transaction.snapshots.count_active(), "the platform has none of it"


async def test_a_sweep_of_embeddings_leaves_those_of_the_golden_set(bench: MatcherBench) -> None:
    await GoldenSet(bench.live, ranking_over).figures(HAND_SET)
    encoded = bench.embedder.encoded
    await bench.reconcile.reconcile()
    await GoldenSet(bench.live, ranking_over).figures(HAND_SET)
    assert bench.embedder.encoded == encoded


@pytest.mark.parametrize(
    ("learned", "told"),
    [
        (GoldenFigures(0.59, 0.5), "golden set: MRR falls from 0.6000 to 0.5900"),
        (GoldenFigures(0.61, 0.4), "golden set: R@1 falls from 0.5000 to 0.4000"),
        (GoldenFigures(0.6, 0.5), None),
    ],
)
async def test_a_ranking_that_lowers_known_answers_does_not_go_live(
    bench: MatcherBench, learned: GoldenFigures, told: str | None
) -> None:
    await decide(bench, 200)
    golden = WrittenFigures(learned, hand_set=GoldenFigures(0.6, 0.5))
    learning = LearnRanking(bench.store, bench.live, LiveRanking(bench.store), golden)
    run = await learning.learn(OPERATOR)
    assert run.report.why_not == ((told,) if told else ())
    assert run.live is (told is None)
    shown = [(one.golden_mrr, one.golden_first) for one in run.report.figures]
    assert shown == [(0.6, 0.5), (learned.mrr, learned.first)]
