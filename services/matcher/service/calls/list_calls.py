"""Lists: calls that a reader may know of, and a member's own invitations."""

from dataclasses import dataclass
from datetime import datetime

from services.matcher.domain.calls.stored import CallFilter, Place, ReaderScope
from services.matcher.service.calls.views import invitation_view
from services.matcher.service.cursors import read_pair_cursor, write_pair_cursor
from services.matcher.store import MatcherStore
from shared.contracts.calls import CallPage, InvitationPage
from shared.contracts.principal import Principal
from shared.contracts.problems import FieldProblem
from shared.errors import ProblemError


@dataclass(frozen=True)
class ListCalls:
    """Newest change first."""

    store: MatcherStore

    async def page(
        self, wanted: CallFilter, reader: Principal, *, cursor: str | None, limit: int
    ) -> CallPage:
        """Raises ProblemError("invalid_request") for a cursor of another list."""
        before = read_place(cursor)
        scope = ReaderScope(reader.organisation, reader.sees_everything)
        async with self.store.transaction() as transaction:
            found = await transaction.calls.page(wanted, scope, before=before, limit=limit + 1)
        last = found[limit - 1] if len(found) > limit else None
        return CallPage(
            items=tuple(found[:limit]),
            next_cursor=_cursor(last.updated_at, last.id) if last else None,
        )

    async def invitations(
        self, reader: Principal, *, cursor: str | None, limit: int
    ) -> InvitationPage:
        """Raises ProblemError `own_organisation_only` for who speaks for none."""
        if reader.organisation is None:
            raise ProblemError("own_organisation_only")
        before = read_place(cursor)
        async with self.store.transaction() as transaction:
            found = await transaction.calls.seats_of(
                reader.organisation, before=before, limit=limit + 1
            )
        last = found[limit - 1][1] if len(found) > limit else None
        return InvitationPage(
            items=tuple(invitation_view(call, seat, reader) for call, seat in found[:limit]),
            next_cursor=_cursor(last.changed_at, str(last.id)) if last else None,
        )


def read_place(cursor: str | None) -> Place | None:
    """Raises ProblemError("invalid_request") for what is not ours."""
    pair = read_pair_cursor(cursor)
    if pair is None:
        return None
    try:
        at = datetime.fromisoformat(pair[0])
        if at.tzinfo is None:
            raise ValueError("without a time zone")
    except ValueError as error:
        problem = FieldProblem(
            field="cursor", problem="is not one of ours", mend="use next_cursor as it was given"
        )
        raise ProblemError("invalid_request", fields=[problem]) from error
    return Place(at, pair[1])


def _cursor(at: datetime, id: str) -> str | None:
    return write_pair_cursor((at.isoformat(), id))
