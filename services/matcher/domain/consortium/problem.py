"""What a team must have, as numbers. Organisations and requirements are numbered from 0.

Organisations are in the order of their ids, and ties go to the lower number, so that the same
question has the same answer everywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]
Team = tuple[int, ...]
"""Numbers of the members, ascending."""


class Purpose(StrEnum):
    """Why a quota is there."""

    MUST_HAVE = "must_have"
    KIND = "kind"
    SIZE = "size"
    DIFFERENT = "different"
    """From an earlier proposal."""


@dataclass(frozen=True, eq=False)
class Quota:
    """At least so many members of these organisations."""

    purpose: Purpose
    name: str
    """The requirement's or kind's; empty where the purpose says it all."""
    members: Flags
    """Shape (organisations,)."""
    least: int = 1


@dataclass(frozen=True, eq=False)
class TeamProblem:
    """At least what the quotas ask, at most so many members, no two that are in conflict."""

    values: Floats
    """How well organisations cover requirements, shape (requirements, organisations), 0 to 1;
    0 where they do not."""
    weights: Floats
    """Of the requirements, shape (requirements,); they add up to 1."""
    quotas: tuple[Quota, ...]
    conflicts: Flags
    """Shape (organisations, organisations), symmetric, with a false diagonal."""
    fixed: Team
    """Members in any case."""
    most: int
    nearness: Floats | None = None
    """Breaks ties: how near organisations come to all requirements together, also to those that
    they do not cover, shape (organisations,)."""

    @property
    def size(self) -> int:
        """How many organisations there are to choose from."""
        return int(self.values.shape[1])

    @cached_property
    def quota_members(self) -> Counts:
        """Shape (quotas, organisations)."""
        rows = [quota.members for quota in self.quotas]
        return np.array(rows, dtype=np.int64).reshape(len(rows), self.size)

    @cached_property
    def near(self) -> Floats:
        """`nearness`, or zeros."""
        return np.zeros(self.size) if self.nearness is None else self.nearness

    @cached_property
    def least(self) -> Counts:
        """What each quota asks, shape (quotas,)."""
        return np.array([quota.least for quota in self.quotas], dtype=np.int64)

    def missing(self, team: Sequence[int]) -> Counts:
        """What each quota lacks, shape (quotas,); 0 where it is met."""
        present = self.quota_members[:, list(team)].sum(axis=1)
        return np.asarray(np.maximum(0, self.least - present))

    def addable(self, team: Sequence[int]) -> Flags:
        """Organisations outside the team that are in conflict with none of it."""
        members = list(team)
        free: Flags = ~np.asarray(self.conflicts[members].any(axis=0))
        free[members] = False
        return free

    def at_peace(self, team: Sequence[int]) -> bool:
        """Whether no two members are in conflict."""
        members = list(team)
        return not self.conflicts[np.ix_(members, members)].any()

    def feasible(self, team: Sequence[int]) -> bool:
        """Whether the team has all that it must have."""
        return (
            set(self.fixed) <= set(team)
            and len(team) <= self.most
            and self.at_peace(team)
            and not self.missing(team).any()
        )
