"""One line of the report, and how its figures are made."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Measurement:
    """What was measured, beside what, and the ratio that was hoped for."""

    path: str
    unit: str
    ours: float
    bare: float | None
    ratio: float | None
    reach: str
    reached: bool | None
    spread: str = ""

    def as_dict(self) -> dict[str, object]:
        """For the JSON file."""
        return asdict(self)


def percentile(samples: Sequence[float], share: float) -> float:
    """The sample at a share (0-1) of the sorted samples, nearest rank."""
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def median(samples: Sequence[float]) -> float:
    """The middle sample."""
    return statistics.median(samples)


def milliseconds(action: Callable[[], object]) -> float:
    """How long one call takes."""
    started = time.perf_counter()
    action()
    return (time.perf_counter() - started) * 1000


def spread(samples: Sequence[float]) -> str:
    """From the 5th to the 95th percentile."""
    return f"{percentile(samples, 0.05):.1f} to {percentile(samples, 0.95):.1f}"
