"""Saved searches: run every day in their owner's name, who is told of new hits."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header
from fastapi.responses import Response

from services.gateway.api.parameters import Limit
from services.gateway.context import Parts
from services.gateway.identity.reader import Reader
from services.gateway.messages.conditions import etag, idempotency_key
from shared.contracts.saved_searches import NewSavedSearch, SavedSearch, SavedSearchPage

router = APIRouter(prefix="/saved-searches", tags=["messages"])


@router.post("", status_code=201, response_model=SavedSearch)
async def save_search(
    body: NewSavedSearch,
    parts: Parts,
    reader: Reader,
    response: Response,
    key: Annotated[str | None, Header(alias="Idempotency-Key")] = None,
) -> SavedSearch:
    """Keep a search. What it finds at first is known; later hits are told."""
    searches = parts.messages.saved_searches
    saved, again = await searches.create(body, reader, idempotency_key(key))
    response.headers["ETag"] = etag(saved.version)
    response.headers["Location"] = f"/v1/saved-searches/{saved.id}"
    if again:
        response.headers["Idempotency-Replayed"] = "true"
    return saved


@router.get("", response_model=SavedSearchPage)
async def list_saved_searches(
    parts: Parts, reader: Reader, limit: Limit = 50, cursor: UUID | None = None
) -> SavedSearchPage:
    """One's own, newest first."""
    return await parts.messages.saved_searches.page(reader, limit=limit, cursor=cursor)


@router.get("/{saved_search_id}", response_model=SavedSearch)
async def read_saved_search(
    saved_search_id: UUID, parts: Parts, reader: Reader, response: Response
) -> SavedSearch:
    """One of one's own."""
    found = await parts.messages.saved_searches.find(saved_search_id, reader)
    response.headers["ETag"] = etag(found.version)
    return found


@router.put("/{saved_search_id}", response_model=SavedSearch)
async def change_saved_search(
    saved_search_id: UUID,
    body: NewSavedSearch,
    parts: Parts,
    reader: Reader,
    response: Response,
    if_match: Annotated[str | None, Header()] = None,
) -> SavedSearch:
    """Change it; with another text or filter it begins anew."""
    found = await parts.messages.saved_searches.change(saved_search_id, body, reader, if_match)
    response.headers["ETag"] = etag(found.version)
    return found


@router.delete("/{saved_search_id}", status_code=204, response_class=Response)
async def remove_saved_search(saved_search_id: UUID, parts: Parts, reader: Reader) -> None:
    """Forget it."""
    await parts.messages.saved_searches.remove(saved_search_id, reader)
