"""The engine's own golden set, through the production use cases: a gate against regressions.

Target: the true mutual partner first in .95 of the report split's queries, in each language
pair. The first engine (2026-11-23) reached zh-zh .30, en-en .40 and zh-en .60 (20 queries each),
and .90 of the 20 needs in words; the one of 2026-11-24 reaches .50, .55, .65 and .90 (see
docs/experiments.md). The floors below lie two queries under that. They are raised when the
engine gets better, and nothing is tuned on them: for that the set has a split of its own
(`tune`).
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from services.matcher.domain.allocation.allocate import allocate
from services.matcher.domain.allocation.bounds import Bounds, Capacities
from services.matcher.domain.allocation.graph import CandidateGraph
from services.matcher.domain.allocation.report import plain, report
from services.matcher.domain.rematch.planning import candidates_of
from services.matcher.evaluation.dataset_reader import read_dataset
from services.matcher.evaluation.main import Plan, evaluate_folder
from services.matcher.evaluation.results import EngineResult
from services.matcher.evaluation.run_file import Run
from services.matcher.solving.strategies import strategy_named
from shared.contracts.rematch import RematchOptions
from tests.support.memory_folder import memory_folder

pytestmark = [pytest.mark.model, pytest.mark.anyio]

GOLDEN = Path(__file__).parents[2] / "data" / "golden"
FLOORS = {"zh-zh": 0.4, "en-en": 0.45, "zh-en": 0.55}
"""Share of the report split's organisations whose true partner comes first."""
WORDS_FLOOR = 0.8
"""The same for needs in words, where one or two organisations answer."""
CANDIDATES_FROM = 0.0001
"""Pairs below this score are no candidates for sharing out."""


@pytest.fixture
def place() -> Iterator[Path]:
    with memory_folder() as folder:
        yield folder


async def measured(plan: Plan) -> EngineResult:
    return (await evaluate_folder(plan)).engines[0]


async def test_true_partners_come_first_and_places_are_shared_out(
    place: Path, migrated_database: Callable[[str], str], pytestconfig: pytest.Config
) -> None:
    engine = await measured(
        Plan(
            folder=GOLDEN,
            database_url=lambda: migrated_database("services.matcher"),
            index_directory=place / "index",
            # Beside pytest's own state: only the first run on a machine embeds.
            cache=pytestconfig.cache.mkdir("golden") if pytestconfig.cache else place / "cache",
            baselines=False,
        )
    )
    first: defaultdict[str, list[bool]] = defaultdict(list)
    dataset = read_dataset(GOLDEN)
    for query in dataset.corpus.queries:
        if query.split == "report":
            group = "words" if query.text else str(query.languages)
            first[group].append(engine.run[query.id][0][0] in dataset.relevant(query.id))
    shares = {group: sum(hits) / len(hits) for group, hits in first.items()}
    below = {g: shares[g] for g in FLOORS if shares[g] < FLOORS[g]}
    assert not below, shares
    assert shares["words"] >= WORDS_FLOOR, shares
    _share_out(engine.run)


def _share_out(run: Run) -> None:
    """By a rematch job's way and length of lists: Gini at most half of plain lists', nDCG@10 at
    most 3 % less. Over all candidates, as `benchmarks.allocation` measures it: at a job's lowest
    score (.01) lists of golden are seven long, and nobody has anything to share out."""
    options = RematchOptions()
    asked = {id: hits[: candidates_of(options.places)] for id, hits in run.items()}
    names = sorted({id for hits in asked.values() for id, _ in hits})
    queries = sorted(asked)
    graph = CandidateGraph.of(
        len(queries),
        len(names),
        [place for place, query in enumerate(queries) for _ in asked[query]],
        [names.index(id) for query in queries for id, _ in asked[query]],
        [score for query in queries for _, score in asked[query]],
        threshold=CANDIDATES_FROM,
    )
    capacities = Capacities.of(graph, lists=options.places)
    beside = plain(graph, capacities)
    found = allocate(graph, capacities, Bounds(), strategy_named(options.sharing.value))
    told, before = report(found, beside), report(beside)
    assert told.exposure.gini <= before.exposure.gini / 2, (told, before)
    assert told.ndcg_loss < 0.03, told
    assert told.coverage_possible >= 0.95, told
