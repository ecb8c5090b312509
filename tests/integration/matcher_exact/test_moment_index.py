"""A moment answers as the index does, and gives the scores that suggestions give."""

from dataclasses import replace

import numpy as np
import pytest

from services.matcher.index.tokens import EDITION, document_vector, query_vector, tokens
from services.matcher.ports import IndexFilter, IndexQuery, Lexicon, Part
from services.matcher.service.partner_questions import questions_of
from services.matcher.service.rematch.moment_index import MomentIndex
from shared.contracts.organisation import Side
from shared.contracts.suggestions import SuggestionSide
from tests.integration.matcher_exact.moments import moment_of, plan_of
from tests.support.matcher_bench import MatcherBench

pytestmark = pytest.mark.anyio

LEXICON = Lexicon(document_vector, query_vector, tokens, EDITION)
FILTERS = [
    {},
    {"excluded_organisations": ("south", "other3")},
    {"organisations": ("onesided", "south", "other1", "other2")},
]


@pytest.mark.parametrize("narrowing", FILTERS)
@pytest.mark.parametrize("memory", [1, 10**9])
async def test_it_answers_as_the_index_does(
    bench: MatcherBench, narrowing: dict[str, tuple[str, ...]], memory: int
) -> None:
    live = bench.live.current()
    moment = await moment_of(bench, await plan_of(bench), memory)
    index = await MomentIndex.over(moment, LEXICON)
    assert await index.count() == await live.index.count()
    profiles = await moment.profiles(["north", "onesided"])
    wanted = replace(IndexFilter(side=Side.CAPABILITY), **narrowing)
    queries = []
    for one in profiles.values():
        questions = await questions_of(live, one, SuggestionSide.MUTUAL)
        for question in (*questions.needs, *questions.alike):
            queries.append(IndexQuery(wanted, 9, dense=question.probe.dense))
            queries.append(IndexQuery(wanted, 9, lexical=question.probe.lexical))
    name = replace(wanted, part=Part.NAME)
    queries.append(IndexQuery(name, 9, lexical=query_vector("North and South, likewise other")))
    for query, mine, theirs in zip(
        queries, await index.query(queries), await live.index.query(queries), strict=True
    ):
        scores = [one.score for one in mine]
        assert scores == pytest.approx([one.score for one in theirs], abs=1e-4)
        if query.filter.part is Part.WHOLE:
            found, expected = ({h.key: h.score for h in hits} for hits in (mine, theirs))
            least = min(expected.values(), default=0.0) + 1e-4
            # Equal ones at the end may be any of them.
            assert {k for k, v in found.items() if v > least} == {
                k for k, v in expected.items() if v > least
            }
    assert np.isfinite(scores).all()
