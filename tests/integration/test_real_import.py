"""Real profiles, from the import to suggestions, over the whole platform."""

import gzip
import itertools
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest

from deploy.embedded.postgres import EmbeddedPostgres
from tests.support.stack import Stack
from tests.support.truth import matched_versions, stored_versions

pytestmark = [pytest.mark.model, pytest.mark.slow, pytest.mark.timeout(900)]
ORGANISATIONS = 300
SUGGESTED = 30
"""Organisations that suggestions are asked for."""


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory, postgres: EmbeddedPostgres) -> Iterator[Stack]:
    stack = Stack(tmp_path_factory.mktemp("stack"), postgres)
    stack.start()
    yield stack
    stack.stop()


@pytest.fixture(scope="module")
def job(stack: Stack, real_data: Path) -> dict[str, Any]:
    """The import of the first organisations of a set of project descriptions, done."""
    with gzip.open(real_data / "cordis-calls" / "organisations.jsonl.gz") as lines:
        content = b"".join(itertools.islice(lines, ORGANISATIONS))
    params = {"format": "dataset", "file_name": "organisations.jsonl"}
    with stack.client("coordinator") as client:
        answer = client.post("/v1/imports", params=params, content=content)
        assert answer.status_code == 202, answer.text
        return finished(client, answer.json()["id"])


def finished(client: httpx.Client, job: str, seconds: float = 300) -> dict[str, Any]:
    """The job once it has ended."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found: dict[str, Any] = client.get(f"/v1/imports/{job}").json()
        if found["status"] in {"done", "failed", "cancelled"}:
            return found
        time.sleep(0.5)
    raise AssertionError(f"the import did not end: {found}")


def test_every_row_becomes_a_searchable_organisation(stack: Stack, job: dict[str, Any]) -> None:
    assert job["status"] == "done"
    assert job["counts"]["created"] == ORGANISATIONS
    stack.wait_searchable(600)
    assert len(stored_versions(stack)) == ORGANISATIONS
    assert matched_versions(stack) == stored_versions(stack)


def test_organisations_get_suggestions_with_reasons(stack: Stack, job: dict[str, Any]) -> None:
    stack.wait_searchable(600)
    stored = stored_versions(stack)
    with stack.client("coordinator") as client:
        for name in sorted(stored)[:SUGGESTED]:
            answer = client.get(f"/v1/organisations/{name}/suggestions", params={"limit": 5})
            assert answer.status_code == 200, answer.text
            items = answer.json()["items"]
            assert len(items) == 5
            assert {item["partner"]["id"] for item in items} <= stored.keys() - {name}
            assert all(item["receives"]["answers"] or item["gives"]["answers"] for item in items)
