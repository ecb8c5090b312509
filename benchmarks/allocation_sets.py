"""Rankings of evaluated data sets as graphs of candidates, judged by what is on record."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from services.matcher.domain.allocation.allocate import Allocation
from services.matcher.domain.allocation.graph import CandidateGraph
from services.matcher.evaluation.dataset import Dataset
from services.matcher.evaluation.dataset_reader import read_dataset
from services.matcher.evaluation.groups import split_of
from services.matcher.evaluation.metrics import METRICS, per_query
from services.matcher.evaluation.run_file import Run, read_run

_NDCG = METRICS.index("nDCG@10")


@dataclass(frozen=True)
class JudgedGraph:
    """Queries are seekers; the organisations that any of them was given are partners."""

    name: str
    run_file: Path
    graph: CandidateGraph
    queries: Sequence[str]
    organisations: Sequence[str]
    dataset: Dataset

    @property
    def depth(self) -> int:
        """Candidates of the query that has most."""
        return int(self.graph.choices().max())

    def ndcg(self, allocation: Allocation, split: str | None = None) -> float:
        """Mean nDCG@10 of the lists over the queries with an answer on record."""
        ranked: Run = {query: [] for query in self.queries}
        for edge in allocation.edges.tolist():
            hit = (self.organisations[self.graph.partner[edge]], float(self.graph.value[edge]))
            ranked[self.queries[self.graph.seeker[edge]]].append(hit)
        asked = [
            one.id
            for one in self.dataset.corpus.queries
            if self.dataset.relevant(one.id) and split in (None, split_of(one))
        ]
        return float(per_query(self.dataset.relevance, ranked, asked)[:, _NDCG].mean())


def judged_graph(dataset: Path, run_file: Path, threshold: float) -> JudgedGraph:
    """The production engine's ranking; its scores are the expected values."""
    judged = read_dataset(dataset)
    run = read_run(run_file)
    queries = sorted(run)
    seeker = [place for place, query in enumerate(queries) for _ in run[query]]
    hits = [hit for query in queries for hit in run[query]]
    organisations, partner = np.unique([name for name, _ in hits], return_inverse=True)
    graph = CandidateGraph.of(
        len(queries),
        len(organisations),
        seeker,
        partner,
        [score for _, score in hits],
        threshold=threshold,
    )
    names = [str(one) for one in organisations]
    return JudgedGraph(judged.corpus.name, run_file, graph, queries, names, judged)
