"""What coordinators say of two organisations that are not to be suggested to each other."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime

from services.matcher.domain.pairs import Pair, StoredPairConstraint
from services.matcher.ports import ProfilesReader
from services.matcher.service.cursors import read_pair_cursor, write_pair_cursor
from services.matcher.store import MatcherStore
from shared.contracts.constraints import (
    NewPairConstraint,
    PairConstraint,
    PairConstraintKind,
    PairConstraintPage,
)
from shared.contracts.principal import Principal
from shared.contracts.problems import FieldProblem
from shared.errors import ProblemError


@dataclass(frozen=True)
class NamedPair:
    """Two organisations, from the side of the first."""

    organisation: str
    other: str

    def pair(self) -> Pair:
        """Raises ProblemError("invalid_request") for an organisation and itself."""
        if self.organisation == self.other:
            problem = FieldProblem(
                field="other", problem="is the same organisation", mend="name another one"
            )
            raise ProblemError("invalid_request", fields=[problem])
        return Pair.of(self.organisation, self.other)


@dataclass(frozen=True)
class KeepPairConstraints:
    """Each holds both ways, from the next list of suggestions on."""

    store: MatcherStore
    profiles: ProfilesReader

    async def put(
        self, named: NamedPair, kind: PairConstraintKind, said: NewPairConstraint, by: Principal
    ) -> PairConstraint:
        """Set or replace. Raises ProblemError `not_found`, `invalid_request`, `not_ready`."""
        pair = named.pair()
        await asyncio.gather(*(self.profiles.version(id) for id in pair))
        constraint = StoredPairConstraint(
            pair, kind, said.reason, said.until, by.subject, datetime.now(UTC)
        )
        async with self.store.transaction() as transaction:
            stored = await transaction.pairs.put(constraint)
        return _told(stored, named.organisation)

    async def remove(self, named: NamedPair, kind: PairConstraintKind) -> None:
        """Raises ProblemError("not_found")."""
        async with self.store.transaction() as transaction:
            removed = await transaction.pairs.remove(named.pair(), kind)
        if not removed:
            raise ProblemError("not_found", what=f"{kind.value} constraint with", id=named.other)

    async def page(
        self, organisation: str, *, cursor: str | None, limit: int
    ) -> PairConstraintPage:
        """Those of one organisation. Raises ProblemError("not_found")."""
        after = read_pair_cursor(cursor)
        await self.profiles.version(organisation)
        async with self.store.transaction() as transaction:
            found = await transaction.pairs.page(organisation, after=after, limit=limit + 1)
        taken = found[:limit]
        last = taken[-1] if len(found) > limit else None
        following = (last.pair.other_than(organisation), last.kind.value) if last else None
        return PairConstraintPage(
            items=tuple(_told(one, organisation) for one in taken),
            next_cursor=write_pair_cursor(following),
        )


def _told(stored: StoredPairConstraint, organisation: str) -> PairConstraint:
    return PairConstraint(
        organisation=organisation,
        other=stored.pair.other_than(organisation),
        kind=stored.kind,
        reason=stored.reason,
        until=stored.until,
        set_by=stored.set_by,
        set_at=stored.set_at,
        active=stored.holds_on(datetime.now(UTC).date()),
    )
