"""What the command line calls: files in, results and files out; no terminal here."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from services.matcher.evaluation.baselines.standard import standard_baselines
from services.matcher.evaluation.compare import Comparison, IncomparableError, compare, figures_of
from services.matcher.evaluation.dataset import Corpus, Dataset
from services.matcher.evaluation.dataset_error import DatasetError
from services.matcher.evaluation.dataset_reader import read_dataset
from services.matcher.evaluation.engine import Progress, RankingEngine, silent
from services.matcher.evaluation.evaluate import evaluate
from services.matcher.evaluation.groups import split_of
from services.matcher.evaluation.result_json import PerQuery, read_figures, to_document
from services.matcher.evaluation.results import Evaluation
from services.matcher.evaluation.run_file import read_run, write_run
from services.matcher.evaluation.vector_cache import SqliteEmbeddingStore
from services.matcher.evaluation.warming import WarmingEmbedder
from services.matcher.ports import EmbeddingStore, TextEmbedder

WithStore = Callable[[EmbeddingStore], TextEmbedder]
"""Puts the production embedder on a store."""

EnginesOn = Callable[[WarmingEmbedder], Sequence[RankingEngine]]
"""Makes the engines under test on an embedder that shows progress and keeps its vectors."""


async def run_evaluation(
    folder: Path,
    *,
    cache: Path,
    embedder_on: WithStore,
    engines_on: EnginesOn,
    run_file: Path | None = None,
    progress: Progress = silent,
    baselines: bool = True,
) -> Evaluation:
    """Read, rank, measure; the first engine's ranking goes to `run_file`.

    Raises DatasetError, also for a run file that cannot be written, before anything is embedded.
    """
    dataset = read_dataset(folder)
    if run_file is not None:
        _check_writable(run_file)
    store = SqliteEmbeddingStore(cache)
    embedder = WarmingEmbedder(embedder_on(store), store, progress)
    engines = engines_on(embedder)
    plain = standard_baselines(embedder.embed) if baselines else []
    evaluation = await evaluate(dataset, engines, plain, progress)
    if run_file is not None:
        first = evaluation.engines[0]
        write_run(run_file, first.run, first.name)
    return evaluation


def as_json(evaluation: Evaluation) -> str:
    """The whole result; `run_comparison` reads it back."""
    return json.dumps(to_document(evaluation), ensure_ascii=False, indent=1)


def comparison_as_json(comparison: Comparison) -> str:
    """Every metric, and every query that moved."""
    return json.dumps(asdict(comparison), ensure_ascii=False, indent=1)


def run_comparison(a: Path, b: Path, folder: Path | None = None) -> Comparison:
    """Two run files with their data set, or two results written as JSON (or one of each).

    Raises DatasetError, IncomparableError.
    """
    dataset = read_dataset(folder) if folder is not None else None
    return compare(a.name, figures_from(a, dataset), b.name, figures_from(b, dataset))


def query_texts(corpus: Corpus) -> dict[str, str]:
    """What each query asks, for the table of a comparison."""
    return {
        one.id: one.text or corpus.organisation(str(one.organisation)).name
        for one in corpus.queries
    }


def figures_from(file: Path, dataset: Dataset | None) -> PerQuery:
    """The figures of each query, of a run file with its data set or of a result as JSON.

    Raises DatasetError.
    """
    if file.suffix == ".json":
        return read_figures(file)
    if dataset is None:
        mend = "name its data set as well, or compare two results written as JSON"
        raise DatasetError(file, None, "a run file says nothing about what is relevant", mend)
    try:
        return figures_of(dataset, read_run(file))
    except IncomparableError as error:
        mend = "compare runs of this data set only"
        raise DatasetError(file, None, str(error), mend) from error


def of_split(figures: PerQuery, dataset: Dataset, split: str) -> PerQuery:
    """Those of the queries of one split."""
    splits = {one.id: split_of(one) for one in dataset.corpus.queries}
    return {query: row for query, row in figures.items() if splits.get(query) == split}


def _check_writable(file: Path) -> None:
    if not file.parent.is_dir():
        raise DatasetError(file, None, "its folder is missing", "make the folder first")
    if file.is_dir():
        raise DatasetError(file, None, "it is a folder", "name a file")
