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

from services.matcher.evaluation.dataset_reader import read_dataset
from services.matcher.evaluation.main import Plan, evaluate_folder
from services.matcher.evaluation.results import EngineResult
from tests.support.memory_folder import memory_folder

pytestmark = [pytest.mark.model, pytest.mark.anyio]

GOLDEN = Path(__file__).parents[2] / "data" / "golden"
FLOORS = {"zh-zh": 0.4, "en-en": 0.45, "zh-en": 0.55}
"""Share of the report split's organisations whose true partner comes first."""
WORDS_FLOOR = 0.8
"""The same for needs in words, where one or two organisations answer."""


@pytest.fixture
def place() -> Iterator[Path]:
    with memory_folder() as folder:
        yield folder


async def measured(plan: Plan) -> EngineResult:
    return (await evaluate_folder(plan)).engines[0]


async def test_true_partners_come_first_as_often_as_before(
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
