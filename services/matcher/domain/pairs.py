"""Unordered pairs of organisations."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, Self

from shared.contracts.constraints import PairConstraintKind
from shared.contracts.decisions import Reason

APART = frozenset({PairConstraintKind.NEVER_AGAIN, PairConstraintKind.CONFLICT_OF_INTEREST})
"""What keeps two organisations out of one team; partners and the introduced may be in one."""


_KINDS = {
    Reason.CONFLICT_OF_INTEREST: PairConstraintKind.CONFLICT_OF_INTEREST,
    Reason.ALREADY_PARTNERS: PairConstraintKind.ALREADY_PARTNERS,
}


def kinds_of(reasons: Iterable[Reason]) -> tuple[PairConstraintKind, ...]:
    """What a rejection for these reasons says of the pair beyond this one match."""
    return tuple(dict.fromkeys(_KINDS[one] for one in reasons if one in _KINDS))


class Pair(NamedTuple):
    """Two different organisations, in bytewise order."""

    first: str
    second: str

    @classmethod
    def of(cls, one: str, other: str) -> Self:
        """Raises ValueError for an organisation and itself."""
        if one == other:
            raise ValueError("a pair is of two organisations")
        # Bytewise, as PostgreSQL's collation "C" has it: code points would do, for UTF-8.
        return cls(*sorted((one, other)))

    def other_than(self, one: str) -> str:
        """The partner of one of the two."""
        return self.second if one == self.first else self.first


@dataclass(frozen=True)
class StoredPairConstraint:
    """What a coordinator has said of a pair."""

    pair: Pair
    kind: PairConstraintKind
    reason: str | None
    until: date | None
    """The last day on which it holds."""
    set_by: str
    set_at: datetime

    def holds_on(self, day: date) -> bool:
        """Whether it is over."""
        return self.until is None or day <= self.until
