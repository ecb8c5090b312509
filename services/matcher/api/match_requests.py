"""What the routes of matches take from a request."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import Depends, Header, Response

from services.matcher.casework import Casework
from services.matcher.domain.matches.queue import MatchFilter
from services.matcher.taxonomy import load_fields
from shared.contracts.match_document import Match
from shared.contracts.match_queries import MatchQuery
from shared.contracts.match_requests import BulkDecisionOutcome, BulkDecisionResult, MatchId
from shared.contracts.principal import Principal, Role
from shared.http.preconditions import Precondition, etag
from shared.http.principals import require_role

Id = MatchId
Key = Annotated[str | None, Header(alias="Idempotency-Key", min_length=1, max_length=200)]
_ME = "me"


async def _expected(if_match: Annotated[str | None, Header()] = None) -> Precondition:
    return Precondition.of(if_match)


Expected = Annotated[Precondition, Depends(_expected)]


def coordinators(reader: Principal) -> None:
    """Raises ProblemError("forbidden")."""
    require_role(reader, Role.COORDINATOR, Role.OPERATOR, reason="this is for coordinators")


def people(reader: Principal) -> None:
    """Members, coordinators, and services in their name. Raises ProblemError("forbidden")."""
    allowed = (Role.MEMBER, Role.COORDINATOR, Role.OPERATOR, Role.SERVICE)
    require_role(reader, *allowed, reason="matches are for members and coordinators")


def filter_of(query: MatchQuery, reader: Principal) -> MatchFilter:
    """The query in the matcher's words."""
    return MatchFilter(
        states=query.states,
        organisation=query.organisation,
        assignee=reader.subject if query.assignee == _ME else query.assignee,
        unassigned=query.unassigned,
        requested=query.requested,
        origin=query.origin,
        kind=query.kind,
        province=query.province,
        fields=load_fields().with_descendants(query.field) if query.field else (),
        minimum_score=query.minimum_score,
        updated_since=query.updated_since,
        text=query.text,
        run=query.run,
    )


async def answered(cases: Casework, id: str, reader: Principal, response: Response) -> Match:
    """The match as it is now, with its ETag."""
    match = await cases.matches.reading.read(id, reader)
    response.headers["ETag"] = etag(match.version)
    return match


def of_many(items: Sequence[BulkDecisionOutcome]) -> BulkDecisionResult:
    """The outcomes, counted."""
    decided = sum(item.decided for item in items)
    return BulkDecisionResult(items=tuple(items), decided=decided, refused=len(items) - decided)
