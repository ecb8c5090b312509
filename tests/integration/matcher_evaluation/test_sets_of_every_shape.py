"""Data sets that lack what others have still run: nothing beside the three files is needed."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from services.matcher.evaluation.main import Plan, changed, evaluate_folder
from services.matcher.evaluation.results import Evaluation
from tests.support.hashing_embedder import HashingEmbedder

pytestmark = pytest.mark.anyio

MakePlan = Callable[..., Plan]
WORDS = ("tidal turbine blades", "cold spray coating", "satellite soil maps")
CHINESE = ("潮汐涡轮叶片设计", "冷喷涂耐磨涂层", "卫星遥感土壤制图")
LONG = " ".join(f"Sentence {n} tells of blades that turn in tidal water." for n in range(40))


def bare(id: str, text: str, **more: Any) -> dict[str, Any]:
    """No language, date, place, activity or collaboration; a key that nobody knows."""
    capability = {"id": f"{id}.c", "text": text, "mood": 1}
    return {"id": id, "name": "", "kind": "other", "capabilities": [capability], "extra": {}} | more


async def run(plan: Plan) -> Evaluation:
    return await evaluate_folder(plan, load_model=HashingEmbedder)


@pytest.mark.parametrize("texts", [WORDS, CHINESE], ids=["English only", "Chinese only"])
async def test_one_language_without_needs_or_collaborations(
    plan: MakePlan, texts: tuple[str, ...]
) -> None:
    organisations = [bare(f"o{n}", text) for n, text in enumerate(texts)]
    queries = [{"id": f"q{n}", "text": text, "seen": True} for n, text in enumerate(texts)]
    qrels = [(f"q{n}", f"o{n}", n + 1) for n in range(3)]
    evaluation = await run(plan(organisations, queries, qrels))
    ours, *baselines = evaluation.engines
    assert [ours.run[f"q{n}"][0][0] for n in range(3)] == ["o0", "o1", "o2"]
    assert "common neighbours" not in [one.name for one in baselines]
    (languages,) = [one.name for one in ours.groups if one.by == "languages"]
    assert languages == ("en-en" if texts is WORDS else "zh-zh")


async def test_organisations_that_say_little_or_nothing(plan: MakePlan) -> None:
    organisations = [
        bare("asks", WORDS[0]),
        bare("same", WORDS[0] + " and moulds"),
        bare("silent", "", capabilities=[]),
        bare("needs-only", "", capabilities=[], needs=[{"id": "n", "text": WORDS[1]}]),
        bare("long", LONG),
    ]
    queries = [{"id": id, "organisation": id} for id in ("asks", "silent", "needs-only")]
    evaluation = await run(plan(organisations, queries, [("asks", "same", 1)]))
    ranked = {query: dict(found) for query, found in evaluation.engines[0].run.items()}
    assert ranked["asks"]
    assert all(query not in found for query, found in ranked.items())
    assert set(ranked) == {"asks", "silent", "needs-only"}


async def test_one_split_candidates_and_grades(plan: MakePlan) -> None:
    organisations = [bare(f"o{n}", text) for n, text in enumerate([*WORDS, *CHINESE])]
    query = {"id": "q", "text": WORDS[0], "candidates": ["o1", "o0"], "split": "sealed"}
    both = query | {"id": "both", "organisation": "o2", "split": "sealed"}
    qrels = [("q", "o0", 3), ("q", "o1", 1), ("both", "o1", 1)]
    (ours, *_) = (await run(plan(organisations, [query, both], qrels))).engines
    assert [name for name, _ in ours.run["q"]] == ["o0", "o1"]
    assert ours.per_query["q"]["nDCG@10"] == pytest.approx(1)
    assert [one.name for one in ours.groups if one.by == "split"] == ["sealed"]


async def test_other_weights_rank_otherwise_and_are_named_in_the_result(plan: MakePlan) -> None:
    organisations = [
        bare("plain", "weaving of carbon fibre"),
        bare("other", "spinning of glass fibre"),
        bare("named", "cold storage of seeds", name="Wuxi Loom Works"),
    ]
    queries = [{"id": "q", "text": "Wuxi Loom Works asks for weaving of carbon fibre"}]
    one = plan(organisations, queries, [("q", "plain", 1)], baselines=False)
    nameless = changed({"named": 0})
    found = await run(replace(one, variants={"named=0": nameless}))
    product, variant = found.engines
    assert found.weights["text.named"] > 0
    assert (product.name, variant.name) == ("hezuo", "hezuo, named=0")
    assert dict(variant.run["q"])["named"] < dict(product.run["q"])["named"]

    again = await run(
        plan(organisations, queries, [("q", "plain", 1)], baselines=False, weights=nameless)
    )
    assert again.weights["text.named"] == again.weights["related.named"] == 0
    assert again.engines[0].run == variant.run
