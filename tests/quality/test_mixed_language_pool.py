"""Titles and abstracts of real papers: the right answer is there in the other language only."""

import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from services.matcher.domain.correction_fit import fit
from services.matcher.domain.language_correction import CorrectionStatistics, Vectors, correct
from services.matcher.embedding.sentence_transformer import load_embedder
from services.matcher.embedding.shipped_statistics import shipped_statistics
from services.matcher.ports import Embedder
from shared.contracts.organisation import Side

pytestmark = pytest.mark.model

SAMPLE = 200


def read(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


class Pool:
    """Needs (titles) and capabilities (starts of abstracts); number n answers number n."""

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        queries = read(folder / "queries.jsonl.gz")[:SAMPLE]
        organisations = read(folder / "organisations.jsonl.gz")[:SAMPLE]
        statements = [one["capabilities"][0] for one in organisations]
        self.need_languages = np.array([one["lang"] for one in queries])
        self.capability_languages = np.array([one["lang"] for one in statements])
        self.needs = embedder.encode([one["text"] for one in queries], Side.NEED)
        texts = [one["text"][:120] for one in statements]
        self.capabilities = embedder.encode(texts, Side.CAPABILITY)

    def fit(self, model: str) -> CorrectionStatistics:
        groups = {}
        for language in ("zh", "en"):
            groups[Side.NEED, language] = self.needs[self.need_languages == language]
            groups[Side.CAPABILITY, language] = self.capabilities[
                self.capability_languages == language
            ]
        return fit(groups, model=model)

    def top1(self, statistics: CorrectionStatistics) -> float:
        needs = correct(statistics, self.needs, Side.NEED)
        capabilities = correct(statistics, self.capabilities, Side.CAPABILITY)
        return top1(needs, capabilities)


def top1(needs: Vectors, capabilities: Vectors) -> float:
    return float(np.mean((needs @ capabilities.T).argmax(axis=1) == np.arange(len(needs))))


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return load_embedder()


@pytest.fixture(scope="module")
def pool(real_data: Path, embedder: Embedder) -> Pool:
    return Pool(real_data / "chinaxiv-mixed", embedder)


def test_the_correction_finds_partners_in_the_other_language(
    pool: Pool, embedder: Embedder
) -> None:
    uncorrected = CorrectionStatistics(embedder.model, {})
    assert pool.top1(uncorrected) < 0.2
    assert pool.top1(pool.fit(embedder.model)) > 0.5


def test_the_shipped_statistics_do_for_a_start(pool: Pool, embedder: Embedder) -> None:
    shipped = shipped_statistics(embedder.model)
    assert shipped.means
    assert pool.top1(shipped) > 0.3
