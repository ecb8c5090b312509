"""What docs/integration.md tells those who connect a system is what happens."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from services.gateway.messages.back_off import WEBHOOK_PAUSES
from services.gateway.messages.event_streams import MOST_STREAMS
from services.gateway.messages.signature import new_secret, signed_headers
from shared.contracts.messages import EventType

PAGE = (Path(__file__).parents[3] / "docs/integration.md").read_text("utf-8")
BODY = b'{"type":"match.changed"}'
NOW = 1_790_000_000


@pytest.fixture(scope="module")
def is_genuine() -> Callable[..., bool]:
    (example,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    found: dict[str, Callable[..., bool]] = {}
    exec(example, found)
    return found["is_genuine"]


def test_its_example_takes_what_we_sign_with_either_secret(is_genuine: Callable[..., bool]) -> None:
    old, new = new_secret(), new_secret()
    headers = signed_headers((new, old), "msg_1", NOW, BODY)
    assert is_genuine(old, headers, BODY, NOW)
    assert is_genuine(new, headers, BODY, NOW + 299)


def test_its_example_refuses_forgeries_and_replays(is_genuine: Callable[..., bool]) -> None:
    secret = new_secret()
    headers = signed_headers((secret,), "msg_1", NOW, BODY)
    assert not is_genuine(new_secret(), headers, BODY, NOW)
    assert not is_genuine(secret, headers, BODY + b" ", NOW)
    assert not is_genuine(secret, {**headers, "webhook-id": "msg_2"}, BODY, NOW)
    assert not is_genuine(secret, headers, BODY, NOW + 301)


def test_it_names_every_type_of_event_and_the_pauses() -> None:
    assert set(re.findall(r"^\| `([a-z.]+)` \|", PAGE, re.MULTILINE)) == set(EventType)
    assert [one.total_seconds() for one in WEBHOOK_PAUSES] == [
        5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600,
    ]  # fmt: skip
    assert MOST_STREAMS == 6
