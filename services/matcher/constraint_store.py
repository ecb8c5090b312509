"""What the use cases need of PostgreSQL to know who is not to be suggested."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from services.matcher.domain.declined import DeclinedPair
from services.matcher.domain.pairs import Pair, StoredPairConstraint
from services.matcher.domain.restrictions import Codes
from shared.contracts.constraints import PairConstraintKind
from shared.contracts.decisions import Reason


class PairConstraints(Protocol):
    """What coordinators have said of pairs."""

    async def put(self, constraint: StoredPairConstraint) -> StoredPairConstraint:
        """Set or replace; who and when are those of the last change."""

    async def remove(self, pair: Pair, kind: PairConstraintKind) -> bool:
        """Whether there was one."""

    async def between(self, pair: Pair) -> list[StoredPairConstraint]:
        """All of one pair, those that are over too."""

    async def page(
        self,
        organisation: str,
        *,
        after: tuple[str, str] | None,
        limit: int,
        other: str | None = None,
    ) -> list[StoredPairConstraint]:
        """The next ones in the order of the other's id and the kind, those that are over too;
        `other` names the other."""

    async def of(self, organisation: str, day: date) -> dict[str, Codes]:
        """Those that hold on that day, and open introductions, by the other's id."""

    async def kept_apart(self, organisation: str, day: date) -> frozenset[str]:
        """Others that are in a constraint with it on that day."""

    async def among(self, pairs: Sequence[Pair], day: date) -> dict[Pair, Codes]:
        """Those of these pairs that hold on that day."""

    async def apart(self, organisations: Sequence[str], day: date) -> frozenset[Pair]:
        """Pairs of these that may not be in one team on that day."""


class DeclinedPairs(Protocol):
    """Suggestions that a side has said no to. They hold while both state what they stated then, or
    for good reasons anyway, and while they are younger than `since`."""

    async def put(
        self, organisation: str, other: str, reasons: Sequence[Reason], text: str | None
    ) -> None:
        """Now, with what both state now."""

    async def remove(self, organisation: str, other: str) -> None:
        """Its answer is another one now."""

    async def page(
        self, organisation: str, since: datetime, *, after: str | None, limit: int
    ) -> list[DeclinedPair]:
        """What it has declined, in the order of the others' ids."""

    async def of(self, organisation: str, since: datetime) -> dict[str, Codes]:
        """Those that hold, whichever of the two has declined, by the other's id."""

    async def apart(self, since: datetime) -> dict[Pair, Codes]:
        """All that hold, as the one has it who has declined."""

    async def forget(self, organisations: Sequence[str]) -> None:
        """Everything about these, on either side: they were erased."""


class Introductions(Protocol):
    """Who has been introduced to whom."""

    async def open(self, pair: Pair, at: datetime) -> None:
        """Begin, or begin again."""

    async def close(self, pair: Pair, at: datetime) -> None:
        """It takes no capacity any more."""

    async def count_open(self, organisation: str) -> int:
        """How many it handles now."""


class PolicyHolds(Protocol):
    """What screening holds back."""

    async def hold(self, organisation: str, statement: str | None, rule: str) -> None:
        """A statement, or the organisation as a whole."""

    async def clear(self, organisation: str, statement: str | None) -> None:
        """It may be suggested again."""

    async def follow(self, held: Mapping[str, Collection[str]]) -> None:
        """Of these organisations, these statements and no others."""

    async def held_statements(self, organisation: str) -> frozenset[str]:
        """Ids."""


class Unavailable(Protocol):
    """Who is not to be suggested to anybody."""

    async def unavailable(self, *, stale_before: datetime | None) -> dict[str, Codes]:
        """Held, full or stale active organisations; None means that none is stale."""
