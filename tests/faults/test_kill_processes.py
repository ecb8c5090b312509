"""kill -9 of each part during writes: what was acknowledged is there, once, and is indexed."""

import json
import shutil
import time
from typing import Any

import httpx2 as httpx
import pytest

from tests.support.index_truth import index_directory
from tests.support.profiles import profile
from tests.support.stack import ServiceProcess, Stack
from tests.support.truth import matched_versions, outbox_rows, reconciliation, stored_versions
from tests.support.writers import Writers

pytestmark = [pytest.mark.model]
IMPORTED = 1000
"""Rows: five portions."""
RESUMED_SECONDS = 10.0


def assert_everything_agrees(stack: Stack) -> None:
    """After the index has caught up, a comparison both ways finds nothing to mend."""
    stack.wait_searchable(90)
    assert matched_versions(stack) == stored_versions(stack)
    found = reconciliation(stack)
    assert (found["missing"], found["surplus"]) == (0, 0)


def test_profiles_killed_during_writes_keeps_every_acknowledged_one(stack: Stack) -> None:
    """Test 1 of FAULTS."""
    with Writers(stack, "killed") as writers:
        writers.wait_for(40)
        stack.services["profiles"].kill()
        time.sleep(0.5)
        before = len(writers.acknowledged)
        stack.services["profiles"].start()
        stack.services["profiles"].wait_ready()
        writers.wait_for(before + 20)
    stored, outbox = stored_versions(stack), outbox_rows(stack)
    for identifier, version in writers.acknowledged.items():
        assert stored[identifier] == version
        assert outbox[identifier, version] == 1
    assert set(outbox.values()) == {1}
    assert_everything_agrees(stack)


def test_nats_killed_during_writes_loses_nothing_and_resumes(stack: Stack) -> None:
    """Test 6 of FAULTS: what was on its way to the matcher comes again soon."""
    with Writers(stack, "nats") as writers:
        writers.wait_for(20)
        stack.nats.kill()
        writers.wait_for(len(writers.acknowledged) + 20)
        stack.nats.start()
    started = time.monotonic()
    stack.wait_searchable(60)
    while matched_versions(stack) != stored_versions(stack):
        assert time.monotonic() - started < 60, "acknowledged writes did not reach the index"
        time.sleep(0.2)
    assert_everything_agrees(stack)


@pytest.mark.faults
def test_after_a_restart_of_nats_a_change_is_indexed_within_ten_seconds(stack: Stack) -> None:
    """Test 6 of FAULTS: with what was on its way when the bus died."""
    with Writers(stack, "resumed") as writers:
        writers.wait_for(20)
        stack.nats.kill()
    on_its_way = set(writers.acknowledged)
    stack.nats.start()
    started = time.monotonic()
    while not on_its_way <= matched_versions(stack).keys():
        assert time.monotonic() - started < RESUMED_SECONDS
        time.sleep(0.1)
    assert_everything_agrees(stack)


def started_import(client: httpx.Client, rows: list[dict[str, Any]]) -> str:
    """The id of an import that has begun."""
    answer = client.post(
        "/v1/imports",
        params={"format": "jsonl", "file_name": "rows.jsonl"},
        content="".join(json.dumps(row) + "\n" for row in rows),
    )
    return str(answer.json()["id"])


def wait_for_rows(client: httpx.Client, job: str) -> int:
    """How many rows are in, once some are."""
    while not (found := client.get(f"/v1/imports/{job}").json())["counts"]["rows"]:
        assert found["status"] in {"receiving", "running"}, found
        time.sleep(0.01)
    return int(found["counts"]["rows"])


def wait_until_done(client: httpx.Client, job: str) -> dict[str, Any]:
    deadline = time.monotonic() + 90
    while (found := client.get(f"/v1/imports/{job}").json())["status"] != "done":
        assert time.monotonic() < deadline, found
        time.sleep(0.2)
    counts: dict[str, Any] = found["counts"]
    return counts


@pytest.mark.parametrize("killed", ["matcher", "profiles", "gateway"])
def test_a_service_killed_in_the_middle_of_an_import_loses_nothing(
    stack: Stack, killed: str
) -> None:
    """Several portions, each saved whole; few different texts, so that embedding takes no time."""
    rows = [
        {"id": f"import-{killed}-{n}"}
        | profile(f"Import {n}", capabilities={"c1": f"Haptic rendering {n % 8}"})
        for n in range(IMPORTED)
    ]
    with stack.client("coordinator") as client:
        job = started_import(client, rows)
        saved = wait_for_rows(client, job)
        stack.services[killed].kill()
        if killed == "profiles":
            saved = len([id for id in stored_versions(stack) if id.startswith("import-profiles-")])
        assert 0 < saved < IMPORTED, "it was not in the middle"
        stack.services[killed].start()
        stack.services[killed].wait_ready()
        counts = wait_until_done(client, job)
    assert (counts["rows"], counts["created"]) == (IMPORTED, IMPORTED)
    stored = stored_versions(stack)
    assert all(stored[row["id"]] == 1 for row in rows)
    assert_everything_agrees(stack)


def test_readiness_is_false_while_a_deleted_index_is_rebuilt(stack: Stack) -> None:
    """Test 17 of FAULTS. There are organisations enough for a rebuild to take its time."""
    rows = [
        {"id": f"rebuilt-{n}"} | profile(f"Rebuilt {n}", capabilities={"c1": f"Haptics {n % 8}"})
        for n in range(IMPORTED)
    ]
    with stack.client("coordinator") as client:
        wait_until_done(client, started_import(client, rows))
    stack.wait_searchable(90)
    matcher = stack.services["matcher"]
    matcher.terminate()
    shutil.rmtree(index_directory(stack))
    matcher.start()
    waited_for = set()
    while (answer := readiness(matcher)) is None or answer.status_code != 200:
        if answer is not None:
            assert answer.status_code == 503
            parts = answer.json()["dependencies"]
            waited_for.add(tuple(one["name"] for one in parts if not one["ready"]))
        time.sleep(0.01)
    assert ("index", "statistics") in waited_for, "everything else was there, and it still waited"
    assert_everything_agrees(stack)


def readiness(service: ServiceProcess) -> httpx.Response | None:
    """None while nobody listens yet."""
    try:
        return httpx.get(f"http://127.0.0.1:{service.port}/ready", timeout=30)
    except httpx.TransportError:
        return None
