"""Thirty-two clients at once, in threads of this process, on the cores that the platform has."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from benchmarks.measurement import percentile

CLIENTS = 32


@dataclass(frozen=True)
class Sustained:
    """What they got, together."""

    name: str
    requests: int
    errors: int
    seconds: float
    p50: float
    """Milliseconds, as are the others."""
    p99: float
    single_rate: float
    """Bare requests a second of one client, nothing beside it."""

    @property
    def rate(self) -> float:
        """Answers a second, errors left out."""
        return (self.requests - self.errors) / self.seconds

    @property
    def ratio(self) -> float:
        """Of the rate to that of one client of the bare parts."""
        return self.rate / self.single_rate

    def as_dict(self) -> dict[str, object]:
        """For the JSON file."""
        return {**vars(self), "rate": self.rate, "ratio": self.ratio, "clients": CLIENTS}


def sustained(
    name: str, ask: Callable[[int], object], seconds: float, single_rate: float
) -> Sustained:
    """Each client asks its next question as soon as the last is answered."""
    started = time.perf_counter()
    until = started + seconds

    def client(place: int) -> list[tuple[float, bool]]:
        taken = [_timed(ask, place)]
        while time.perf_counter() < until:
            taken.append(_timed(ask, place + CLIENTS * len(taken)))
        return taken

    with ThreadPoolExecutor(CLIENTS) as threads:
        answers = [one for some in threads.map(client, range(CLIENTS)) for one in some]
    took = time.perf_counter() - started
    times = [1000 * one for one, _ in answers]
    errors = sum(not well for _, well in answers)
    p50, p99 = percentile(times, 0.5), percentile(times, 0.99)
    return Sustained(name, len(answers), errors, took, p50, p99, single_rate)


def _timed(ask: Callable[[int], object], number: int) -> tuple[float, bool]:
    started = time.perf_counter()
    try:
        ask(number)
    except Exception:
        return time.perf_counter() - started, False
    return time.perf_counter() - started, True
