"""Partner suggestions and free-text search."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import Field

from services.gateway import disclosure
from services.gateway.api.parameters import LongCursor
from services.gateway.context import Matcher
from services.gateway.rights import require_own
from shared.contracts.base import OrganisationId
from shared.contracts.suggestions import (
    SearchPage,
    SearchRequest,
    SuggestionFilter,
    SuggestionPage,
    SuggestionSide,
)
from shared.contracts.why_not import WhyNot, WhyNotQuery

router = APIRouter(tags=["matching"])


class SuggestionQuery(SuggestionFilter):
    """Which suggestions, and how many."""

    side: SuggestionSide = SuggestionSide.MUTUAL
    limit: Annotated[int, Field(ge=1, le=100)] = 10
    cursor: LongCursor = None
    diversity: bool = True
    """`off` orders by score alone; otherwise near-duplicates and sister institutes make way."""


@router.get("/organisations/{organisation_id}/suggestions", response_model=SuggestionPage)
async def list_suggestions(
    organisation_id: OrganisationId, query: Annotated[SuggestionQuery, Query()], matcher: Matcher
) -> Response:
    """Partners for an organisation, best first, with the reasons. Members ask for their own."""
    require_own(matcher.reader, organisation_id)
    path = f"/organisations/{organisation_id}/suggestions"
    params = query.model_dump(mode="json", exclude_none=True)
    return await matcher.fetch(
        "GET", path, SuggestionPage, disclosure.suggestion_page, params=params
    )


@router.get(
    "/organisations/{organisation_id}/suggestions/why-not/{other_id}", response_model=WhyNot
)
async def explain_absence(
    organisation_id: OrganisationId,
    other_id: OrganisationId,
    query: Annotated[WhyNotQuery, Query()],
    matcher: Matcher,
) -> Response:
    """Why the other is not suggested, as far as the reader may know; or where it is in the list."""
    require_own(matcher.reader, organisation_id)
    path = f"/organisations/{organisation_id}/suggestions/why-not/{other_id}"
    params = query.model_dump(mode="json", exclude_none=True)
    return await matcher.fetch("GET", path, WhyNot, disclosure.why_not, params=params)


@router.post("/search", response_model=SearchPage)
async def search(body: SearchRequest, matcher: Matcher) -> Response:
    """Who can do this (side `need`), or who needs this (side `capability`)?"""
    content = body.model_dump_json(exclude_unset=True).encode()
    return await matcher.fetch(
        "POST", "/search", SearchPage, disclosure.search_page, content=content
    )
