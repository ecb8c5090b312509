"""FAULTS 14 and 15: the matcher killed at any moment, and an older copy of the index."""

import random
import shutil
import time
from pathlib import Path

import pytest

from tests.support.index_truth import assert_index_equals_truth, index_directory
from tests.support.profiles import profile
from tests.support.stack import Stack
from tests.support.truth import reconciliation
from tests.support.writers import Writers

pytestmark = [pytest.mark.model, pytest.mark.faults, pytest.mark.timeout(600)]
SEED = 20261123
REPETITIONS = 3
ORGANISATIONS = 12


def change_all(stack: Stack, prefix: str, round: int) -> None:
    """Create or replace a few organisations; in every later round a third is withdrawn."""
    with stack.client("coordinator") as client:
        for number in range(ORGANISATIONS):
            path = f"/v1/organisations/{prefix}-{number}"
            if round and number % 3 == round % 3:
                assert client.delete(path, headers={"If-Match": "*"}).status_code in {204, 404}
                continue
            stated = {f"c{i}": f"Waveguide coating {prefix} {number} {i}" for i in range(round + 1)}
            held = client.get(path)
            if held.status_code == 200 and held.json()["status"] == "withdrawn":
                assert client.post(f"{path}/restoration").status_code == 200
            condition = "If-Match" if held.status_code == 200 else "If-None-Match"
            body = profile(f"Coater {number} {round}", capabilities=stated)
            answer = client.put(path, json=body, headers={condition: "*"})
            assert answer.status_code in {200, 201}, answer.text


def start_matcher(stack: Stack) -> None:
    stack.services["matcher"].start()
    stack.services["matcher"].wait_ready()


def test_a_matcher_killed_at_random_points_of_updates_converges(stack: Stack) -> None:
    moments = random.Random(SEED)
    for repetition in range(REPETITIONS):
        with Writers(stack, f"burst-{repetition}", threads=2) as writers:
            change_all(stack, "updated", repetition)
            writers.wait_for(5)
            time.sleep(moments.uniform(0, 0.7))
            stack.services["matcher"].kill()
        start_matcher(stack)
    assert_index_equals_truth(stack)
    start_matcher(stack)


def test_a_matcher_killed_during_a_rebuild_converges(stack: Stack) -> None:
    moments = random.Random(SEED)
    for repetition in range(2):
        change_all(stack, "rebuilt", repetition)
        with stack.client("operator") as operator:
            assert operator.post("/v1/index/rebuild").status_code == 202
        time.sleep(moments.uniform(0, 0.4))
        stack.services["matcher"].kill()
        start_matcher(stack)
    assert_index_equals_truth(stack)
    start_matcher(stack)


@pytest.mark.parametrize("copied", ["when closed", "while running"])
def test_an_older_copy_of_the_index_is_brought_up_to_date(
    stack: Stack, tmp_path: Path, copied: str
) -> None:
    prefix, matcher = f"copied-{copied.split()[0]}", stack.services["matcher"]
    change_all(stack, prefix, 0)
    reconciliation(stack)
    if copied == "when closed":
        matcher.terminate()
    shutil.copytree(index_directory(stack), tmp_path / "older")
    if copied == "when closed":
        start_matcher(stack)
    change_all(stack, prefix, 1)
    change_all(stack, f"{prefix}-later", 0)
    reconciliation(stack)
    matcher.kill()
    shutil.rmtree(index_directory(stack))
    shutil.copytree(tmp_path / "older", index_directory(stack))
    start_matcher(stack)
    assert_index_equals_truth(stack)
    start_matcher(stack)
