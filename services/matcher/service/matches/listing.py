"""The review queue, and a member's own matches."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time

from services.matcher.domain.cards import OrganisationCard
from services.matcher.domain.matches.queue import FOR_THE_REQUESTER, MatchFilter, QueuePlace
from services.matcher.domain.matches.stored import StoredMatch
from services.matcher.domain.restrictions import months_before
from services.matcher.service.cursors import invalid_cursor, read_values, write_values
from services.matcher.service.matches.cases import Cases
from services.matcher.service.matches.flags import flags_of
from services.matcher.service.matches.parties import party
from shared.contracts.matches import (
    MatchCounts,
    MatchPage,
    MatchSort,
    MatchState,
    MatchSummary,
)
from shared.contracts.principal import Principal
from shared.errors import ProblemError
from shared.match_visibility import is_staff, may_see_match, summary_as_seen_by

_NUMBERS = frozenset({MatchSort.SCORE})


@dataclass(frozen=True)
class ListMatches:
    """Members get their own organisation's, from 'asked' on, and what they asked for."""

    cases: Cases
    stale_months: int

    async def page(
        self,
        wanted: MatchFilter,
        sort: MatchSort,
        reader: Principal,
        *,
        cursor: str | None,
        limit: int,
    ) -> MatchPage:
        """Raises ProblemError `forbidden` or `invalid_request`."""
        after, wanted = _place(cursor, sort), _scoped(wanted, reader)
        async with self.cases.store.transaction() as transaction:
            found = await transaction.queue.page(wanted, sort, after=after, limit=limit + 1)
            taken = found[:limit]
            ids = sorted({id for match in taken for id in match.pair})
            cards = await transaction.cards.of(ids)
            flags: Mapping[str, tuple[str, ...]] = {}
            if is_staff(reader) and taken:
                today, stale = self.cases.now().date(), self.stale_before()
                flags = await flags_of(transaction, taken, day=today, stale_before=stale)
        rows = (summary_of(match, cards, flags.get(match.id, ())) for match in taken)
        shown = tuple(summary_as_seen_by(r, reader) for r in rows if may_see_match(r, reader))
        last = taken[-1] if len(found) > limit else None
        return MatchPage(items=shown, next_cursor=_cursor(last, sort))

    async def counts(self, wanted: MatchFilter, reader: Principal) -> MatchCounts:
        """By state, whatever states the filter names. Raises ProblemError("forbidden")."""
        wanted = _scoped(wanted, reader)
        async with self.cases.store.transaction() as transaction:
            found = await transaction.queue.counts(wanted)
        states = {state: found.get(state, 0) for state in MatchState}
        if wanted.member:
            states[MatchState.IN_REVIEW] = sum(found.get(one, 0) for one in FOR_THE_REQUESTER)
            states = {s: n for s, n in states.items() if s not in _UNTOLD}
        return MatchCounts(states=states, total=sum(states.values()))

    def stale_before(self) -> datetime | None:
        """Profiles older than this are stale."""
        if not self.stale_months:
            return None
        day = months_before(self.cases.now().date(), self.stale_months)
        return datetime.combine(day, time.min, UTC)


_UNTOLD = FOR_THE_REQUESTER - {MatchState.IN_REVIEW}


def summary_of(
    match: StoredMatch, cards: Mapping[str, OrganisationCard], flags: Sequence[str]
) -> MatchSummary:
    """A row of the queue, for staff."""
    return MatchSummary(
        id=match.id,
        version=match.version,
        state=match.state,
        organisations=(
            party(match, match.pair.first, cards),
            party(match, match.pair.second, cards),
        ),
        score=match.score,
        origin=match.origin,
        requested_by=match.requested_by,
        assignee=match.assignee,
        flags=tuple(flags),
        comments=match.comments,
        outcome=match.said.ended.outcome if match.said.ended else None,
        waiting_for=match.waiting,
        created_at=match.created_at,
        since=match.since,
        updated_at=match.updated_at,
        asked_at=match.asked_at,
        due_at=match.due_at,
    )


def _scoped(wanted: MatchFilter, reader: Principal) -> MatchFilter:
    if is_staff(reader):
        return wanted
    if reader.organisation is None:
        raise ProblemError("forbidden", reason="matches are for members and coordinators")
    states = wanted.states
    if MatchState.IN_REVIEW in states:
        states = tuple({*states, *FOR_THE_REQUESTER})
    mine = {"assignee": None, "unassigned": False, "run": None, "origin": None}
    return replace(wanted, member=reader.organisation, states=states, **mine)  # type: ignore[arg-type]


def _place(cursor: str | None, sort: MatchSort) -> QueuePlace | None:
    if cursor is None:
        return None
    match read_values(cursor):
        case [str() as named, (int() | float()) as value, str() as id] if named == sort.value:
            if sort in _NUMBERS:
                return QueuePlace(sort, float(value), id)
        case [str() as named, str() as value, str() as id] if named == sort.value:
            if sort not in _NUMBERS and (moment := _moment(value)):
                return QueuePlace(sort, moment, id)
    raise invalid_cursor()


def _moment(value: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _cursor(match: StoredMatch | None, sort: MatchSort) -> str | None:
    if match is None:
        return None
    moments = {
        MatchSort.UPDATED: match.updated_at,
        MatchSort.WAITING: match.since,
        MatchSort.CREATED: match.created_at,
        MatchSort.DUE: match.due_at,
    }
    if sort in _NUMBERS:
        return write_values([sort.value, -1.0 if match.score is None else match.score, match.id])
    moment = moments[sort]
    return write_values([sort.value, moment.isoformat() if moment else "", match.id])
