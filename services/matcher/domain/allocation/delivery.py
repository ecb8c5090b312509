"""Whether every seeker can get what is due to it, and who stands in the way.

Augmenting paths (Ford and Fulkerson 1956) over partners with several places. What a search without
success has visited can never help a later one, so that all searches together pass each edge once;
it is the source's side of a minimum cut, which proves that no allocation does better.
"""

from collections import deque
from dataclasses import dataclass

import numpy as np

from services.matcher.domain.allocation.bounds import Problem
from services.matcher.domain.allocation.graph import Ints


@dataclass(frozen=True)
class Delivery:
    """What could be delivered at best."""

    missing: Ints
    """Suggestions that each seeker lacks, shape (seekers,)."""
    crowd: Ints
    """Seekers that between them want more than their candidates have places; none where all is
    delivered."""


def delivery(problem: Problem) -> Delivery:
    """The most of what is due that the exposure allows."""
    search = _Search(problem)
    due = problem.least.tolist()
    # Those with few choices first: the others have somewhere else to go.
    order = np.lexsort((np.arange(len(due)), problem.graph.choices())).tolist()
    for seeker in order:
        search.take_free(seeker, due[seeker])
    missing = np.zeros(len(due), dtype=np.int64)
    for seeker in order:
        while len(search.held[seeker]) < due[seeker]:
            if not search.augment(seeker):
                missing[seeker] = due[seeker] - len(search.held[seeker])
                break
    return Delivery(missing, np.array(sorted(search.crowd), dtype=np.int64))


class _Search:
    """Who stands in whose list so far."""

    def __init__(self, problem: Problem) -> None:
        graph = problem.graph
        ends = np.cumsum(graph.choices())
        parts = np.split(graph.partner, ends[:-1]) if graph.seekers else []
        self._partners: list[list[int]] = [part.tolist() for part in parts]
        self._room: list[int] = problem.exposure.tolist()
        self._holders: list[set[int]] = [set() for _ in range(graph.partners)]
        self._dead: set[int] = set()
        self.held: list[set[int]] = [set() for _ in range(graph.seekers)]
        self.crowd: set[int] = set()

    def take_free(self, seeker: int, due: int) -> None:
        """The best that have places left."""
        for partner in self._partners[seeker]:
            if len(self.held[seeker]) >= due:
                return
            if self._room[partner] > 0:
                self._hold(seeker, partner)

    def augment(self, seeker: int) -> bool:
        """One more for this seeker, by moving others; False where there is no way."""
        taker: dict[int, int] = {}
        gives_up: dict[int, int] = {}
        queue = deque([seeker])
        while queue:
            asking = queue.popleft()
            for partner in self._partners[asking]:
                if partner in taker or partner in self._dead or partner in self.held[asking]:
                    continue
                taker[partner] = asking
                if self._room[partner] > 0:
                    self._move_along(partner, taker, gives_up)
                    return True
                for holder in sorted(self._holders[partner]):
                    if holder != seeker and holder not in gives_up:
                        gives_up[holder] = partner
                        queue.append(holder)
        self._dead.update(taker)
        self.crowd.update({seeker}, gives_up)
        return False

    def _move_along(self, partner: int, taker: dict[int, int], gives_up: dict[int, int]) -> None:
        """Back along the path: each takes the next partner and gives up the one before."""
        while True:
            asking = taker[partner]
            self._hold(asking, partner)
            if asking not in gives_up:
                return
            partner = gives_up[asking]
            self._holders[partner].remove(asking)
            self.held[asking].remove(partner)
            self._room[partner] += 1

    def _hold(self, seeker: int, partner: int) -> None:
        self.held[seeker].add(partner)
        self._holders[partner].add(seeker)
        self._room[partner] -= 1
