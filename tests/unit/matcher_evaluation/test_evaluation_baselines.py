"""Baselines on a data set that fits in the head."""

import numpy as np
import pytest

from services.matcher.evaluation.baselines.base import Baseline
from services.matcher.evaluation.baselines.bm25 import ProfileBm25
from services.matcher.evaluation.baselines.chance import Random
from services.matcher.evaluation.baselines.common_neighbours import CommonNeighbours
from services.matcher.evaluation.baselines.dense import DenseMaximum
from services.matcher.evaluation.baselines.popularity import Popularity
from services.matcher.evaluation.baselines.standard import standard_baselines
from services.matcher.evaluation.baselines.sum_of_z import SumOfZ
from services.matcher.evaluation.contract import BrokenRankingError, RankingCheck
from services.matcher.evaluation.dataset import Corpus, Dataset, Query
from services.matcher.evaluation.engine import DEPTH, Ranking
from services.matcher.evaluation.ordering import best, in_order
from tests.support.small_dataset import embed_words

pytestmark = pytest.mark.anyio


async def ranked(baseline: Baseline, corpus: Corpus, query: Query) -> Ranking:
    await baseline.prepare(corpus)
    return await baseline.rank(query)


def names(ranking: Ranking) -> list[str]:
    return [name for name, _ in ranking]


def query(small: Dataset, identifier: str) -> Query:
    return next(one for one in small.corpus.queries if one.id == identifier)


async def test_every_baseline_ranks_all_candidates_and_nobody_else(small: Dataset) -> None:
    allowed = {
        "words": {"lab", "firm", "hub", "quiet"},
        "partner": {"firm", "quiet"},
        "few": {"lab", "firm"},
        "chinese": {"firm", "hub", "quiet"},
    }
    for baseline in standard_baselines(embed_words):
        await baseline.prepare(small.corpus)
        check = RankingCheck(baseline.name, small.corpus)
        for one in small.corpus.queries:
            ranking = check(one, await baseline.rank(one))
            assert set(names(ranking)) == allowed[one.id], baseline.name


async def test_chance_is_the_same_again_and_another_with_another_seed(small: Dataset) -> None:
    one = query(small, "words")
    first = await ranked(Random(), small.corpus, one)
    assert await ranked(Random(), small.corpus, one) == first
    assert await ranked(Random(seed=1), small.corpus, one) != first


async def test_popularity_counts_statements_and_collaborations(small: Dataset) -> None:
    ranking = await ranked(Popularity(), small.corpus, query(small, "words"))
    assert names(ranking) == ["lab", "hub", "firm", "quiet"]
    assert ranking[0][1] == pytest.approx(1.791759, abs=1e-6)  # log(1 + 3 + 2)


async def test_bm25_finds_words_in_what_is_offered(small: Dataset) -> None:
    words = await ranked(ProfileBm25(), small.corpus, query(small, "words"))
    assert words[0][0] == "lab"
    assert [score for _, score in words[1:]] == [0, 0, 0]
    # lab needs a glove, but a candidate is read by what it offers.
    few = await ranked(ProfileBm25(), small.corpus, query(small, "few"))
    assert few[0][0] == "firm"
    assert few[1] == ("lab", 0)
    assert names(await ranked(ProfileBm25(), small.corpus, query(small, "chinese")))[0] == "hub"


async def test_a_stored_organisation_asks_with_its_needs(small: Dataset) -> None:
    for baseline in (ProfileBm25(), DenseMaximum(embed_words)):
        ranking = await ranked(baseline, small.corpus, query(small, "partner"))
        assert names(ranking) == ["firm", "quiet"]
        assert ranking[0][1] > ranking[1][1]


async def test_the_dense_score_is_the_best_cosine(small: Dataset) -> None:
    ranking = dict(await ranked(DenseMaximum(embed_words), small.corpus, query(small, "words")))
    # (radar, 0.1) against (lidar, 0.1) is 0.01 / 1.01; against (radar, 0.1) it is 1.
    assert ranking["lab"] == pytest.approx(1, abs=1e-6)
    assert ranking["firm"] == pytest.approx(0.01 / (1.01**0.5 * 2.01**0.5), abs=1e-6)
    assert ranking["quiet"] == -1


async def test_common_neighbours_counts_shared_partners_both_ways_round(small: Dataset) -> None:
    baseline = CommonNeighbours()
    ranking = await ranked(baseline, small.corpus, query(small, "partner"))
    assert ranking == [("firm", 1), ("quiet", 0)]
    assert baseline.applies_to(small.corpus, query(small, "partner"))
    assert not baseline.applies_to(small.corpus, query(small, "words"))


async def test_common_neighbours_has_nothing_to_say_without_a_graph(small: Dataset) -> None:
    alone = tuple(
        one.model_copy(update={"collaborations": ()}) for one in small.corpus.organisations
    )
    corpus = Corpus(name="alone", organisations=alone, queries=small.corpus.queries)
    assert not CommonNeighbours().applies_to(corpus, query(small, "partner"))


async def test_the_sum_standardises_each_part_over_the_candidates(small: Dataset) -> None:
    parts: list[Baseline] = [Popularity(), CommonNeighbours()]
    for part in parts:
        await part.prepare(small.corpus)
    # Two candidates: each z-score is 1 or -1, and both parts prefer the firm.
    ranking = await ranked(SumOfZ(parts), small.corpus, query(small, "partner"))
    assert ranking == [("firm", pytest.approx(2)), ("quiet", pytest.approx(-2))]


def test_ties_go_by_id_also_at_the_cut() -> None:
    assert in_order([("b", 1.0), ("a", 1.0), ("c", 2.0)]) == [("c", 2.0), ("a", 1.0), ("b", 1.0)]
    many = [f"o{place:05}" for place in range(DEPTH + 50)][::-1]
    found = best(many, np.zeros(len(many)), np.ones(len(many), dtype=bool))
    assert names(found) == sorted(many)[:DEPTH]


@pytest.mark.parametrize(
    ("ranking", "problem"),
    [
        ([("lab", 1.0)], "lab, which is no candidate"),
        ([("nobody", 1.0)], "nobody, which is no candidate"),
        ([("firm", 1.0), ("firm", 0.5)], "firm twice"),
        ([("firm", float("nan"))], "no finite score"),
    ],
)
def test_a_ranking_that_breaks_the_rules_is_refused(
    small: Dataset, ranking: Ranking, problem: str
) -> None:
    check = RankingCheck("cheat", small.corpus)
    with pytest.raises(BrokenRankingError, match=problem):
        check(query(small, "partner"), ranking)
