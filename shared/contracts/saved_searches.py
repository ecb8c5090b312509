"""Searches that are run every day, and whose new hits are told.

Public routes; they are those of the person or program that asks:

- POST   /v1/saved-searches           NewSavedSearch -> 201 SavedSearch (Idempotency-Key)
- GET    /v1/saved-searches           -> SavedSearchPage
- GET    /v1/saved-searches/{saved_search_id} -> SavedSearch (ETag)
- PUT    /v1/saved-searches/{saved_search_id} NewSavedSearch -> SavedSearch (If-Match)
- DELETE /v1/saved-searches/{saved_search_id} -> 204
"""

from datetime import datetime
from typing import Self
from uuid import UUID

from pydantic import model_validator

from shared.contracts.base import Contract, Line
from shared.contracts.suggestions import SearchRequest


class NewSavedSearch(Contract):
    """A search to be run every day; its owner is told of organisations that were not hits before.

    `search.cursor` must be absent. Hits below `minimum_score` of the filter are not told.
    """

    name: Line
    search: SearchRequest
    active: bool = True

    @model_validator(mode="after")
    def _from_the_beginning(self) -> Self:
        if self.search.cursor is not None:
            raise ValueError("search.cursor: leave it out; the search begins with the first hit")
        return self


class SavedSearch(NewSavedSearch):
    """As it is kept. What is found when it first runs is known, not news."""

    id: UUID
    version: int
    created_at: datetime
    last_run_at: datetime | None = None
    next_run_at: datetime
    known_hits: int = 0


class SavedSearchPage(Contract):
    """One's own, newest first."""

    items: tuple[SavedSearch, ...]
    next_cursor: str | None = None
