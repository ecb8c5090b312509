"""Whether every seeker can get what is due to it, and who stands in the way."""

from dataclasses import dataclass
from typing import Protocol

from services.matcher.domain.allocation.bounds import Problem
from services.matcher.domain.allocation.graph import Ints


@dataclass(frozen=True)
class Delivery:
    """What could be delivered at best: a maximum flow and a minimum cut, which proves it."""

    missing: Ints
    """Suggestions that each seeker lacks, shape (seekers,)."""
    crowd: Ints
    """Seekers that between them want more than their candidates have places; none where all is
    delivered."""


class Deliver(Protocol):
    """See `services.matcher.solving.delivery`."""

    def __call__(self, problem: Problem) -> Delivery: ...
