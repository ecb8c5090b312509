"""What a job computes with, fixed at its start: the day, the versions, and who may meet whom."""

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import pairwise

from services.matcher.domain.pairs import Pair

GroupPlaces = tuple[int, int]
"""Places of two groups in `Plan.groups`."""

FEWEST_GROUPS = 5
LARGEST_GROUP = 10_000
"""Organisations: a worker needs the vectors of two groups at once."""


@dataclass(frozen=True)
class Plan:
    """The same for every worker of a job."""

    day: date
    """On which statements are valid or not."""
    versions: Mapping[str, int]
    """Of all active organisations, in id order."""
    seekers: tuple[str, ...]
    """Whose lists are computed, in id order."""
    out: frozenset[str] = frozenset()
    """Held, full or stale: in nobody's list, and without one."""
    apart: frozenset[Pair] = frozenset()
    held: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Statements that screening holds, by organisation."""

    @cached_property
    def numbers(self) -> dict[str, int]:
        """By id; equal candidates go by them."""
        return {id: number for number, id in enumerate(self.versions)}

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """By number."""
        return tuple(self.versions)

    @cached_property
    def seeking_groups(self) -> tuple[tuple[str, ...], ...]:
        """Who gets a list, cut up."""
        return _cut([id for id in self.seekers if id not in self.out and id in self.versions])

    @cached_property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """Everyone who may be suggested: those who seek first."""
        seeking = {id for group in self.seeking_groups for id in group}
        others = [id for id in self.versions if id not in self.out and id not in seeking]
        return (*self.seeking_groups, *_cut(others))

    @cached_property
    def apart_of(self) -> dict[str, list[str]]:
        """By organisation, those that it is not to meet."""
        found: dict[str, list[str]] = {}
        for pair in sorted(self.apart):
            found.setdefault(pair.first, []).append(pair.second)
            found.setdefault(pair.second, []).append(pair.first)
        return found

    def pairs(self) -> list[GroupPlaces]:
        """Each unordered pair of groups once, where anybody in it seeks."""
        every = len(self.groups)
        return [(i, j) for i in range(len(self.seeking_groups)) for j in range(i, every)]


def _cut(ids: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Into groups of nearly the same size; the cut depends on the ids alone."""
    count = min(len(ids), max(FEWEST_GROUPS, -(-len(ids) // LARGEST_GROUP)))
    bounds = [len(ids) * number // count for number in range(count + 1)] if count else [0]
    return tuple(tuple(ids[a:b]) for a, b in pairwise(bounds))


def plan_to_bytes(plan: Plan) -> bytes:
    """To be kept with the job."""
    document = {
        "day": plan.day.isoformat(),
        "versions": dict(plan.versions),
        "seekers": plan.seekers,
        "out": sorted(plan.out),
        "apart": sorted(plan.apart),
        "held": dict(plan.held),
    }
    return zlib.compress(json.dumps(document, separators=(",", ":")).encode(), 3)


def plan_from_bytes(kept: bytes) -> Plan:
    """The inverse of `plan_to_bytes`."""
    document = json.loads(zlib.decompress(kept))
    return Plan(
        date.fromisoformat(document["day"]),
        document["versions"],
        tuple(document["seekers"]),
        frozenset(document["out"]),
        frozenset(Pair(*one) for one in document["apart"]),
        {id: tuple(some) for id, some in document["held"].items()},
    )
