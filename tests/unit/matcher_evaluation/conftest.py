"""The small data set, as files and as records."""

from pathlib import Path

import pytest

from services.matcher.evaluation.dataset import Dataset
from services.matcher.evaluation.dataset_reader import read_dataset
from tests.support.small_dataset import ORGANISATIONS, QRELS, QUERIES, WriteDataset, lines_of


@pytest.fixture
def write_dataset(tmp_path: Path) -> WriteDataset:
    """Writes a folder; each file may be given as text instead."""

    def write(
        organisations: str = lines_of(ORGANISATIONS),
        queries: str = lines_of(QUERIES),
        qrels: str = "".join(f"{q}\t{o}\t{g}\n" for q, o, g in QRELS),
    ) -> Path:
        folder = tmp_path / "small"
        folder.mkdir(exist_ok=True)
        (folder / "organisations.jsonl").write_text(organisations, "utf-8")
        (folder / "queries.jsonl").write_text(queries, "utf-8")
        (folder / "qrels.tsv").write_text(qrels, "utf-8")
        return folder

    return write


@pytest.fixture
def small(write_dataset: WriteDataset) -> Dataset:
    return read_dataset(write_dataset())
