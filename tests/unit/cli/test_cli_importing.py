import gzip
import json
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest

from cli.failures import CommandError
from cli.gateway import Gateway
from cli.import_file import ImportFile
from cli.importing import run_import
from cli.options import Format

ROWS = b'{"id": "x"}\n' * 3


class FakePlatform:
    """An import that takes two looks to finish and an index that lags behind once."""

    def __init__(self, *, status: str = "done", rejected: int = 0) -> None:
        self.received = b""
        self.final = status
        self.rejected = rejected
        self.looks = 0
        self.index_looks = 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path
        if request.method == "POST":
            self.received = request.read()
            assert request.url.params["file_name"] == "rows.jsonl"
            return httpx.Response(202, json=self._job("running"))
        if path.endswith("/problems"):
            row = {"line": 2, "field": "kind", "problem": "p", "mend": "m"}
            return httpx.Response(200, json={"items": [row]})
        if path == "/v1/index":
            self.index_looks += 1
            pending = 3 if self.index_looks == 1 else 0
            index = {"pending": pending, "statements": 9, "indexed_at": "t"}
            return httpx.Response(200, json=index)
        self.looks += 1
        return httpx.Response(200, json=self._job(self.final))

    def _job(self, status: str) -> dict[str, Any]:
        counts = {"rows": 3, "rejected": self.rejected}
        return {
            "id": "j1",
            "status": status,
            "format": "jsonl",
            "dry_run": False,
            "counts": counts,
            "rows_expected": 3,
            "problem": "no good" if status == "failed" else None,
        }


def _run(platform: FakePlatform, path: Path, **options: Any) -> dict[str, Any]:
    client = Gateway("http://gateway", "a.b.c", transport=httpx.MockTransport(platform))
    return dict(run_import(client, ImportFile(path), Format.JSONL, **options).as_json())


def test_an_import_is_followed_until_its_rows_are_searchable(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_bytes(ROWS)
    platform, steps = FakePlatform(), set[str]()
    result = _run(platform, tmp_path / "rows.jsonl", progress=lambda step, *_: steps.add(step))
    assert platform.received == ROWS
    assert result["status"] == "done"
    assert result["errors"] == []
    assert result["searchable_seconds"] >= result["import_seconds"]
    assert steps == {"uploaded", "rows", "searchable"}


def test_a_packed_file_is_unpacked_on_the_way(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl.gz").write_bytes(gzip.compress(ROWS))
    platform = FakePlatform()
    _run(platform, tmp_path / "rows.jsonl.gz", wait_searchable=False)
    assert platform.received == ROWS


def test_rejected_rows_are_reported_and_nothing_is_awaited_in_a_dry_run(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_bytes(ROWS)
    platform = FakePlatform(rejected=1)
    result = _run(platform, tmp_path / "rows.jsonl", dry_run=True)
    assert [error["line"] for error in result["errors"]] == [2]
    assert result["searchable_seconds"] is None
    assert platform.index_looks == 0
    assert json.dumps(result)


def test_a_file_that_cannot_be_read_at_all_ends_with_the_jobs_problem(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_bytes(ROWS)
    with pytest.raises(CommandError, match="no good"):
        _run(FakePlatform(status="failed"), tmp_path / "rows.jsonl")


def test_a_damaged_packed_file_says_so(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl.gz").write_bytes(b"not gzip")
    with pytest.raises(CommandError, match="cannot be read"):
        _run(FakePlatform(), tmp_path / "rows.jsonl.gz")


def test_a_data_sets_folder_stands_for_its_organisations(tmp_path: Path) -> None:
    row = b'{"id": "a", "name": "A"}\n'
    (tmp_path / "organisations.jsonl.gz").write_bytes(gzip.compress(row))
    source = ImportFile(tmp_path)
    assert source.name == "organisations.jsonl"
    assert source.guess_format() is Format.DATASET
    assert b"".join(ImportFile(tmp_path).pieces()) == row


def test_another_folder_is_told_what_it_lacks(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"without organisations\.jsonl\.gz"):
        ImportFile(tmp_path)
