"""A data set on disk, and a plan over an empty database and index."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from services.matcher.evaluation.main import Plan
from tests.support.memory_folder import memory_folder

MakePlan = Callable[..., Plan]


@pytest.fixture
def place() -> Iterator[Path]:
    with memory_folder() as folder:
        yield folder


@pytest.fixture
def plan(place: Path, migrated_database: Callable[[str], str]) -> MakePlan:
    """plan(organisations, queries, qrels, **more): writes the data set as well."""

    def make(
        organisations: list[dict[str, Any]],
        queries: list[dict[str, Any]],
        qrels: list[tuple[str, str, int]],
        **more: Any,
    ) -> Plan:
        folder = place / "tiny"
        folder.mkdir(exist_ok=True)
        for name, rows in (("organisations", organisations), ("queries", queries)):
            lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
            (folder / f"{name}.jsonl").write_text("".join(lines), "utf-8")
        (folder / "qrels.tsv").write_text("".join(f"{q}\t{o}\t{g}\n" for q, o, g in qrels))
        return Plan(
            folder=folder,
            database_url=lambda: migrated_database("services.matcher"),
            index_directory=place / "index",
            cache=place / "cache",
            **more,
        )

    return make
