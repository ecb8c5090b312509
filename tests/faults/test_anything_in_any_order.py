"""FAULTS 31 over real processes: when quiet, the index holds what the profiles service's
PostgreSQL does, whatever has happened in whatever order."""

import random
from collections.abc import Callable

import httpx2 as httpx
import pytest

from tests.support.index_truth import assert_index_equals_truth
from tests.support.profiles import profile
from tests.support.stack import Stack
from tests.support.truth import reconciliation

pytestmark = [pytest.mark.model]
IDS = [f"any-{name}" for name in "abcde"]
TEXTS = ["optics and lenses", "触觉反馈手套", "cloud rendering", "数字人驱动"]
STEPS = 40

Act = Callable[[], None]


class Happenings:
    """What users, operators and accidents do; refusals (withdrawn, erased) are answers too."""

    def __init__(self, stack: Stack, client: httpx.Client, seed: int) -> None:
        self._stack = stack
        self._client = client
        self._random = random.Random(seed)
        self.acts: list[Act] = [
            *(self.save, self.save, self.save),
            *(self.withdraw, self.restore, self.erase),
        ]

    def happen(self) -> None:
        self._random.choice(self.acts)()

    def save(self) -> None:
        some = self._random.sample(TEXTS, self._random.randint(0, 3))
        body = profile("Any", capabilities={f"c{n}": text for n, text in enumerate(some)})
        held = self._client.get(self._path()).status_code
        condition = "If-None-Match" if held == 404 else "If-Match"
        self._accepted(self._client.put(self._place, json=body, headers={condition: "*"}))

    def withdraw(self) -> None:
        self._accepted(self._client.delete(self._path(), headers={"If-Match": "*"}))

    def restore(self) -> None:
        self._accepted(self._client.post(f"{self._path()}/restoration"))

    def erase(self) -> None:
        self._accepted(self._client.post(f"{self._path()}/erasure"))

    def restart(self, name: str) -> None:
        self._stack.services[name].kill()
        self._stack.services[name].start()
        self._stack.services[name].wait_ready()

    def restart_bus(self) -> None:
        self._stack.nats.kill()
        self._stack.nats.start()

    def _path(self) -> str:
        self._place = f"/v1/organisations/{self._random.choice(IDS)}"
        return self._place

    def _accepted(self, answer: httpx.Response) -> None:
        assert answer.status_code < 500, answer.text


def test_index_and_postgresql_agree_when_quiet(stack: Stack) -> None:
    with stack.client("coordinator") as client:
        happenings = Happenings(stack, client, seed=31)
        accidents = [
            lambda: happenings.restart("profiles"),
            happenings.restart_bus,
            lambda: happenings.restart("matcher"),
            lambda: reconciliation(stack),
        ]
        for accident in accidents:
            for _ in range(STEPS // len(accidents)):
                happenings.happen()
            accident()
        for _ in range(5):
            happenings.happen()
    assert_index_equals_truth(stack)
