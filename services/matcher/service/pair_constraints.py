"""What coordinators say of two organisations that are not to be suggested to each other."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, date, datetime

from services.matcher.domain.pairs import Pair, StoredPairConstraint
from services.matcher.ports import ProfilesReader
from services.matcher.service.cursors import read_pair_cursor, write_pair_cursor
from services.matcher.store import MatcherStore
from shared.audit_entries import NewAuditEntry
from shared.contracts.constraints import (
    NewPairConstraint,
    PairConstraint,
    PairConstraintKind,
    PairConstraintPage,
)
from shared.contracts.principal import Principal
from shared.contracts.problems import FieldProblem
from shared.errors import ProblemError
from shared.http.request_id import current_request_id

_SET, _REMOVED = "constraint_set", "constraint_removed"


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
            await transaction.audit.append([_entry(_SET, pair, kind, by, said.until)])
        return _told(stored, named.organisation)

    async def remove(self, named: NamedPair, kind: PairConstraintKind, by: Principal) -> None:
        """Raises ProblemError("not_found")."""
        pair = named.pair()
        async with self.store.transaction() as transaction:
            if not await transaction.pairs.remove(pair, kind):
                what = f"{kind.value} constraint with"
                raise ProblemError("not_found", what=what, id=named.other)
            await transaction.audit.append([_entry(_REMOVED, pair, kind, by)])

    async def page(
        self, organisation: str, *, cursor: str | None, limit: int, other: str | None = None
    ) -> PairConstraintPage:
        """Those of one organisation, or of a pair. Raises ProblemError("not_found")."""
        after = read_pair_cursor(cursor)
        await self.profiles.version(organisation)
        async with self.store.transaction() as transaction:
            found = await transaction.pairs.page(
                organisation, after=after, limit=limit + 1, other=other
            )
        taken = found[:limit]
        last = taken[-1] if len(found) > limit else None
        following = (last.pair.other_than(organisation), last.kind.value) if last else None
        return PairConstraintPage(
            items=tuple(_told(one, organisation) for one in taken),
            next_cursor=write_pair_cursor(following),
        )


def _entry(
    action: str, pair: Pair, kind: PairConstraintKind, by: Principal, until: date | None = None
) -> NewAuditEntry:
    return NewAuditEntry(
        at=datetime.now(UTC),
        actor=by.subject,
        role=by.role.value,
        action=action,
        subject_kind="pair",
        subject=f"{pair.first} {pair.second}",
        request_id=current_request_id(),
        details={
            "first": pair.first,
            "second": pair.second,
            "kind": kind.value,
            "until": until.isoformat() if until else None,
        },
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
