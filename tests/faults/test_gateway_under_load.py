"""FAULTS 27: SIGTERM while clients write; what was accepted is answered, and the exit is prompt."""

import json
import time

import pytest

from tests.support.stack import Stack
from tests.support.truth import outbox_rows, stored_versions
from tests.support.writers import Writers

pytestmark = [pytest.mark.model]
_DEADLINE = 10 + 2
"""The services' own, and the time to notice."""


@pytest.mark.parametrize("stopped", ["gateway", "profiles"])
def test_a_stop_under_load_drops_no_accepted_request(stack: Stack, stopped: str) -> None:
    with Writers(stack, f"stop-{stopped}", threads=8) as writers:
        writers.wait_for(80)
        started = time.monotonic()
        status = stack.services[stopped].terminate(_DEADLINE + 10)
        seconds = time.monotonic() - started
        before = len(writers.acknowledged)
        stack.services[stopped].start()
        stack.services[stopped].wait_ready()
        writers.wait_for(before + 40)
    assert status in {0, -15}
    assert seconds < _DEADLINE
    # A request that was cut off would be stored, but its writer would not know.
    stored = {id for id in stored_versions(stack) if id.startswith(f"stop-{stopped}-")}
    assert stored == writers.acknowledged.keys()
    assert all(outbox_rows(stack)[id, 1] == 1 for id in stored)


def test_every_accepted_request_has_a_status_in_the_logs(stack: Stack) -> None:
    for name in ("gateway", "profiles"):
        lines = map(json.loads, stack.services[name].log_text().splitlines())
        unanswered = [line for line in lines if line["event"] == "request" and not line["status"]]
        assert unanswered == []


def test_the_gateway_stops_promptly_with_idle_and_slow_connections(stack: Stack) -> None:
    with stack.client("coordinator") as idle:
        assert idle.get("/v1/me").status_code == 200
        started = time.monotonic()
        assert stack.services["gateway"].terminate(_DEADLINE + 10) in {0, -15}
        assert time.monotonic() - started < _DEADLINE
        stack.services["gateway"].start()
        stack.services["gateway"].wait_ready()
        assert idle.get("/v1/me").status_code == 200
