"""How a rematch job finds the pairs that are worth a full score.

`exact` multiplies all vectors of both sides (`service/exact_candidates.py`), `ann` asks the index.
Both answer for any part of the organisations against all of them, so that partitions can be worked
on anywhere and done again: the answer depends on what is stored and on nothing else.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol


class Candidate(NamedTuple):
    """A possible partner; `value` orders the candidates of one organisation, higher is better."""

    organisation: str
    value: float


class PartitionStrategy(Protocol):
    """Candidates for some organisations among all that may be matched."""

    @property
    def name(self) -> str:
        """`exact` or `ann`, as the job shows it."""

    async def candidates(
        self, organisations: Sequence[str], limit: int
    ) -> Mapping[str, Sequence[Candidate]]:
        """At most `limit` for each, best first, never itself; ties go by id.

        An organisation that is not matched any more has none.
        """
