"""kill -9 of each part during writes: what was acknowledged is there, once, and is indexed."""

import json
import time
from pathlib import Path

import pytest

from tests.support.profiles import profile
from tests.support.stack import Stack
from tests.support.truth import matched_versions, outbox_rows, reconciliation, stored_versions
from tests.support.writers import Writers

pytestmark = [pytest.mark.model]


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


@pytest.mark.parametrize("killed", ["matcher", "profiles", "gateway"])
def test_a_service_killed_in_the_middle_of_an_import_loses_nothing(
    stack: Stack, tmp_path: Path, killed: str
) -> None:
    file = tmp_path / "rows.jsonl"
    rows = [
        {"id": f"import-{killed}-{n}"}
        | profile(f"Import {n}", capabilities={"c1": f"Haptic rendering, variant {killed} {n}"})
        for n in range(150)
    ]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    with stack.client("coordinator") as client:
        job = client.post(
            "/v1/imports",
            params={"format": "jsonl", "file_name": "rows.jsonl"},
            content=file.read_bytes(),
        ).json()
        stack.services[killed].kill()
        time.sleep(0.3)
        stack.services[killed].start()
        stack.services[killed].wait_ready()
        deadline = time.monotonic() + 60
        while (found := client.get(f"/v1/imports/{job['id']}").json())["status"] != "done":
            assert time.monotonic() < deadline, found
            time.sleep(0.2)
    assert found["counts"]["created"] == 150
    stored = stored_versions(stack)
    assert all(stored[row["id"]] == 1 for row in rows)
    assert_everything_agrees(stack)
