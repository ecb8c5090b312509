"""Clients that keep writing while something is being killed."""

import threading
import time
from dataclasses import dataclass, field

import httpx2 as httpx

from tests.support.profiles import profile
from tests.support.stack import Stack


@dataclass
class Writers:
    """Threads that create organisations and remember what was acknowledged."""

    stack: Stack
    prefix: str
    threads: int = 4
    acknowledged: dict[str, int] = field(default_factory=dict)
    _stop: threading.Event = field(default_factory=threading.Event)
    _running: list[threading.Thread] = field(default_factory=list)

    def __enter__(self) -> "Writers":
        for number in range(self.threads):
            thread = threading.Thread(target=self._write, args=(number,))
            thread.start()
            self._running.append(thread)
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._running:
            thread.join()

    def wait_for(self, acknowledged: int, seconds: float = 30) -> None:
        """Until so many writes are acknowledged."""
        deadline = time.monotonic() + seconds
        while len(self.acknowledged) < acknowledged:
            assert time.monotonic() < deadline, f"only {len(self.acknowledged)} writes succeeded"
            time.sleep(0.02)

    def _write(self, thread: int) -> None:
        with self.stack.client("coordinator") as client:
            number = 0
            while not self._stop.is_set():
                number += 1
                identifier = f"{self.prefix}-{thread}-{number}"
                body = profile(
                    f"Writer {thread}",
                    capabilities={"c1": f"Point cloud registration for site {thread} {number}"},
                )
                try:
                    answer = client.put(
                        f"/v1/organisations/{identifier}",
                        json=body,
                        headers={"If-None-Match": "*"},
                        timeout=10,
                    )
                except httpx.TransportError:
                    continue
                if answer.status_code == 201:
                    self.acknowledged[identifier] = answer.json()["version"]
                else:
                    time.sleep(0.05)
