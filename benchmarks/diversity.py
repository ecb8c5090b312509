"""What diversity costs or gains: the rankings of a run file, ordered anew, on the tuning half.

    python -m benchmarks.diversity DATASET RUN.trec

The run file is one that `hezuo evaluate DATASET --run RUN.trec` has written.
"""

import argparse
from pathlib import Path

import numpy as np

from services.matcher.domain.diversity import diversified
from services.matcher.domain.diversity_constants import DIVERSIFIED, NEAR_DUPLICATE
from services.matcher.domain.likeness import Matrix, alikeness
from services.matcher.domain.snapshot import snapshot_of
from services.matcher.domain.statements import MatchedOrganisation
from services.matcher.evaluation.dataset import Corpus
from services.matcher.evaluation.dataset_reader import read_dataset
from services.matcher.evaluation.engine import Ranking
from services.matcher.evaluation.groups import split_of
from services.matcher.evaluation.metrics import METRICS, per_query
from services.matcher.evaluation.platform_corpus import on_the_platform
from services.matcher.evaluation.run_file import read_run
from services.matcher.index.tokens import EDITION, document_vector, query_vector, tokens
from services.matcher.ports import Lexicon
from services.matcher.service.words import with_terms

_TRADE_OFFS = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3)
_SHOWN = 10


class Profiles:
    """Snapshots of a data set's organisations, made when they are asked for."""

    def __init__(self, corpus: Corpus) -> None:
        platform = on_the_platform(corpus)
        self._stored = {one.id: one for one in platform.profiles}
        self._ids = platform.ids
        self._lexicon = Lexicon(document_vector, query_vector, tokens, EDITION)
        self._made: dict[str, MatchedOrganisation] = {}

    def of(self, name: str) -> MatchedOrganisation:
        if name not in self._made:
            snapshot = snapshot_of(self._stored[self._ids[name]])
            self._made[name] = with_terms(snapshot, self._lexicon)
        return self._made[name]


def reordered(ranking: Ranking, likeness: Matrix, trade_off: float) -> list[int]:
    """Places by score, in the new order."""
    return [one.item for one in diversified([score for _, score in ranking], likeness, trade_off)]


def measure(dataset: Path, run: Path) -> None:
    """Print a line for each trade-off."""
    judged = read_dataset(dataset)
    tuning = [one.id for one in judged.corpus.queries if split_of(one) == "tune"]
    found = {query: hits[:DIVERSIFIED] for query, hits in read_run(run).items() if query in tuning}
    profiles = Profiles(judged.corpus)
    likeness = {q: alikeness([profiles.of(name) for name, _ in r]) for q, r in found.items()}
    for trade_off in _TRADE_OFFS:
        orders = {query: reordered(r, likeness[query], trade_off) for query, r in found.items()}
        ranked = {q: [found[q][place] for place in order] for q, order in orders.items()}
        values = per_query(judged.relevance, ranked, sorted(found))[:, METRICS.index("nDCG@10")]
        pairs = [_near(likeness[query], order) for query, order in orders.items()]
        print(
            f"lambda {trade_off}: nDCG@10 {values.mean():.4f}, "
            f"near-duplicate pairs in the first {_SHOWN}: {np.mean(pairs):.2f} "
            f"({len(found)} queries)"
        )


def _near(likeness: Matrix, order: list[int]) -> int:
    shown = likeness[np.ix_(order[:_SHOWN], order[:_SHOWN])]
    return int((np.triu(shown, 1) >= NEAR_DUPLICATE).sum())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dataset", type=Path)
    parser.add_argument("run", type=Path)
    given = parser.parse_args()
    measure(given.dataset, given.run)
