"""FAULTS 19: kill -9 of PostgreSQL under writes; the services come back by themselves."""

import time
from collections.abc import Iterator

import psutil
import pytest

from deploy.embedded.postgres import EmbeddedPostgres
from tests.support.stack import Stack
from tests.support.truth import matched_versions, outbox_rows, reconciliation, stored_versions
from tests.support.writers import Writers

pytestmark = [pytest.mark.model, pytest.mark.faults]


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    """A server of this module's own, as durable as it comes."""
    server = EmbeddedPostgres(tmp_path_factory.mktemp("pg") / "data")
    server.start()
    yield server
    server.stop()


def kill_postmaster(postgres: EmbeddedPostgres) -> None:
    """kill -9; the sessions' processes notice and end by themselves."""
    assert postgres.pid is not None
    postmaster = psutil.Process(postgres.pid)
    children = postmaster.children()
    postmaster.kill()
    postmaster.wait(10)
    _, left = psutil.wait_procs(children, timeout=20)
    assert left == []


def test_services_recover_and_acknowledged_writes_are_there(
    stack: Stack, postgres: EmbeddedPostgres
) -> None:
    running = {name: service.pid for name, service in stack.services.items()}
    with Writers(stack, "killed") as writers:
        for _ in range(2):
            before = len(writers.acknowledged)
            writers.wait_for(before + 20)
            kill_postmaster(postgres)
            time.sleep(2)
            assert_told_not_ready(stack)
            at_kill = len(writers.acknowledged)
            postgres.start()
            writers.wait_for(at_kill + 20, seconds=60)
    assert {name: service.pid for name, service in stack.services.items()} == running
    for service in stack.services.values():
        service.wait_ready()
    stored, outbox = stored_versions(stack), outbox_rows(stack)
    assert writers.acknowledged.items() <= stored.items()
    assert set(outbox.values()) == {1}
    assert {(id, version) for id, version in stored.items()} == outbox.keys()


def test_the_index_has_caught_up_after_the_crashes(stack: Stack) -> None:
    stack.wait_searchable(90)
    assert matched_versions(stack) == stored_versions(stack)
    found = reconciliation(stack)
    assert (found["missing"], found["surplus"]) == (0, 0)


def assert_told_not_ready(stack: Stack) -> None:
    """Clients are told so, as a problem, and soon."""
    started = time.monotonic()
    with stack.client("coordinator") as client:
        answer = client.get("/v1/organisations")
    assert answer.status_code == 503, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert time.monotonic() - started < 10
