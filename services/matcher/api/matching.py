"""Suggestions and search."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from services.matcher.api.use_cases import Current
from services.matcher.service.suggestions import SuggestionRequest
from shared.contracts.base import OrganisationId
from shared.contracts.organisation import CountryCode, DivisionCode, FieldCode, Kind
from shared.contracts.suggestions import (
    Score,
    SearchPage,
    SearchRequest,
    SuggestionFilter,
    SuggestionPage,
    SuggestionSide,
)
from shared.http.principals import Reader

router = APIRouter()


async def _filter(
    kind: Kind | None = None,
    country: CountryCode | None = None,
    province: DivisionCode | None = None,
    field: FieldCode | None = None,
    minimum_score: Score = 0.0,
) -> SuggestionFilter:
    return SuggestionFilter(
        kind=kind, country=country, province=province, field=field, minimum_score=minimum_score
    )


@router.get("/organisations/{organisation_id}/suggestions")
async def suggestions(
    organisation_id: OrganisationId,
    reader: Reader,
    use_cases: Current,
    wanted: Annotated[SuggestionFilter, Depends(_filter)],
    side: SuggestionSide = SuggestionSide.MUTUAL,
    limit: Annotated[int, Query(ge=1, le=100)] = 10,
    cursor: Annotated[str | None, Query(max_length=2000)] = None,
    diversity: bool = True,
) -> SuggestionPage:
    """Partners for one organisation, best first, with the reasons."""
    request = SuggestionRequest(organisation_id, side, wanted, limit, cursor, diversity)
    return await use_cases.suggest.suggest(request, reader)


@router.post("/search")
async def search(request: SearchRequest, reader: Reader, use_cases: Current) -> SearchPage:
    """Organisations that answer a free text."""
    return await use_cases.search.search(request, reader)
