"""The production use cases as an engine, on data sets that fit on a page."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from services.matcher.evaluation.main import Plan, evaluate_folder
from services.matcher.evaluation.results import Evaluation
from services.matcher.evaluation.run_file import read_run
from tests.support.hashing_embedder import HashingEmbedder

pytestmark = pytest.mark.anyio

MakePlan = Callable[..., Plan]


def organisation(id: str, capability: str, need: str | None = None, **more: Any) -> dict[str, Any]:
    return {
        "id": id,
        "name": id,
        "kind": "institution",
        "country": "CN",
        "city": None,
        "capabilities": [{"id": f"{id}.c", "text": capability, "lang": "en", "date": "2024"}],
        "needs": [{"id": f"{id}.n", "text": need, "lang": "en"}] if need else [],
        **more,
    }


ORGANISATIONS = [
    organisation("optics", "holographic waveguides for headsets", "underwater acoustics models"),
    organisation("sea", "underwater acoustics models", "holographic waveguides for headsets"),
    organisation("seller", "holographic waveguides for headsets and lenses", activity="PRC"),
    organisation("odd/one", "silk embroidery archive of the Ming dynasty", activity="PRC"),
]
WORDS = {"id": "words", "text": "holographic waveguides for headsets", "lang": "en"}
PARTNER = {"id": "partner", "organisation": "optics"}
QRELS = [("words", "optics", 1), ("partner", "sea", 1)]


async def run(plan: Plan, embedder: HashingEmbedder | None = None) -> Evaluation:
    return await evaluate_folder(plan, load_model=lambda: embedder or HashingEmbedder())


async def test_search_answers_texts_and_suggestions_answer_organisations(plan: MakePlan) -> None:
    one = plan(ORGANISATIONS, [WORDS, PARTNER], QRELS)
    engine = (await run(one)).engines[0]
    assert engine.name == "hezuo"
    words, partner = engine.run["words"], engine.run["partner"]
    assert words[0][0] == "optics"
    assert partner[0][0] == "sea"
    assert "optics" not in dict(partner)
    assert all(0 <= score <= 1 for _, score in [*words, *partner])


async def test_only_what_the_query_allows_is_ranked(plan: MakePlan) -> None:
    queries = [
        WORDS | {"id": "few", "candidates": ["odd/one", "seller"]},
        WORDS | {"id": "without", "exclude": ["optics"]},
        WORDS | {"id": "firms", "activity": "PRC"},
        PARTNER | {"id": "firms-too", "activity": "PRC", "exclude": ["seller"]},
        PARTNER | {"id": "none", "activity": "HES"},
    ]
    engine = (await run(plan(ORGANISATIONS, queries, [("few", "seller", 1)]))).engines[0]
    ranked = {query: [name for name, _ in found] for query, found in engine.run.items()}
    assert ranked["few"] == ["seller", "odd/one"]
    assert set(ranked["without"]) == {"sea", "seller", "odd/one"}
    assert set(ranked["firms"]) == {"seller", "odd/one"}
    assert ranked["firms-too"] == ["odd/one"]
    assert ranked["none"] == []


async def test_the_depth_bounds_the_ranking_and_the_scores_go_to_the_run_file(
    plan: MakePlan,
) -> None:
    one = plan(ORGANISATIONS, [WORDS, PARTNER], QRELS, depth=2)
    file = one.folder / "out.trec"
    evaluation = await run(replace(one, run_file=file))
    assert len(evaluation.engines[0].run["words"]) == 2
    assert read_run(file) == evaluation.engines[0].run


async def test_a_second_run_embeds_nothing_and_finds_the_same(plan: MakePlan) -> None:
    one = plan(ORGANISATIONS, [WORDS, PARTNER], QRELS, baselines=False)
    embedder = HashingEmbedder()
    first = await run(one, embedder)
    done = embedder.encoded
    second = await run(one, embedder)
    assert embedder.encoded == done > 0
    assert first.engines[0].run == second.engines[0].run
    assert len(first.engines) == 1


async def test_queries_stand_in_for_stated_needs_and_are_no_partners(plan: MakePlan) -> None:
    silent = [one | {"needs": []} for one in ORGANISATIONS]
    evaluation = await run(plan(silent, [WORDS, PARTNER], QRELS))
    assert "the texts of 1 queries" in evaluation.warnings[-1]
    names = {name for found in evaluation.engines[0].run.values() for name, _ in found}
    assert names <= {one["id"] for one in ORGANISATIONS}


async def test_what_the_platform_would_not_take_is_said(plan: MakePlan) -> None:
    odd = [*ORGANISATIONS, organisation("brief", "abc"), organisation("long", "waveguide " * 900)]
    queries = [WORDS, PARTNER, {"id": "x", "text": "x"}]
    evaluation = await run(plan(odd, queries, QRELS))
    assert any("shorter than 5 characters" in one for one in evaluation.warnings)
    assert any("cut after 8000 characters" in one for one in evaluation.warnings)
    assert any("query shorter than 2 characters" in one for one in evaluation.warnings)
    assert evaluation.engines[0].run["x"] == []
