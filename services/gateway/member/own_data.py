"""Everything that is kept about a member and the organisation, for one download."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from pydantic import BaseModel

from services.gateway import call_disclosure, disclosure
from services.gateway.console.page import Page
from services.gateway.forwarding import Forwarder
from services.gateway.match_contacts import contacts_of
from shared.contracts.calls import Call, CallPage, InvitationPage
from shared.contracts.decisions import PairRecordPage
from shared.contracts.match_document import Match
from shared.contracts.matches import MatchPage
from shared.contracts.organisation import Organisation, VersionPage
from shared.contracts.screening import PolicyFlagPage
from shared.errors import ProblemError

_PAGE = 100
_MOST_PAGES = 1000
_ABSENT = frozenset({"not_found", "erased", "contacts_closed"})
Listing = TypeVar("Listing", bound=BaseModel)


async def own_data(page: Page) -> AsyncIterator[tuple[str, Any]]:
    """(name, content) of each part, in the reader's own rights."""
    yield "exported_at", datetime.now(UTC).isoformat()
    yield "account", _plain(page.person)
    yield "notification_settings", _plain(await page.parts.messages.preferences.of(page.reader))
    yield "saved_searches", [one async for one in _saved_searches(page)]
    yield "messages", [one async for one in _messages(page)]
    organisation = page.person.organisation
    if organisation is None:
        return
    path = f"/organisations/{organisation}"
    yield "profile", await _one(page.profiles.get(path, Organisation, disclosure.organisation))
    versions = _listed(page.profiles.get, f"{path}/versions", VersionPage)
    yield "history", [one async for one in versions]
    flags = _listed(page.profiles.get, "/policy-flags", PolicyFlagPage)
    yield "policy_flags", [one async for one in flags]
    yield "matches", [one async for one in _matches(page)]
    answers = _listed(page.matcher.get, f"{path}/responses", PairRecordPage)
    yield (
        "answers_to_suggestions",
        [one async for one in answers if one["organisation"] == organisation],
    )
    yield "calls", [one async for one in _calls(page, organisation)]
    seats = _listed(page.matcher.get, "/call-invitations", InvitationPage)
    yield "invitations", [one async for one in seats]
    yield "webhooks", [one async for one in _webhooks(page)]
    yield "api_keys", [one async for one in _api_keys(page)]


async def _calls(page: Page, organisation: str) -> AsyncIterator[Any]:
    """Those that it has published, in full; of other calls its invitations tell."""
    own = partial(page.matcher.get, publisher=organisation)
    async for row in _listed(own, "/calls", CallPage):
        yield await _one(page.matcher.get(f"/calls/{row['id']}", Call, call_disclosure.call))


async def _webhooks(page: Page) -> AsyncIterator[Any]:
    """Without their secrets, which are shown once and never again."""
    cursor: UUID | None = None
    for _ in range(_MOST_PAGES):
        hooks = page.parts.messages.webhooks
        found = await hooks.page(page.reader, limit=_PAGE, cursor=cursor)
        for item in found.items:
            yield _plain(item)
        if found.next_cursor is None:
            return
        cursor = UUID(found.next_cursor)


async def _api_keys(page: Page) -> AsyncIterator[Any]:
    """What they are called and when they hold: nothing of a key itself."""
    cursor: UUID | None = None
    for _ in range(_MOST_PAGES):
        found = await page.parts.api_keys.page(page.reader, limit=_PAGE, cursor=cursor)
        for item in found.items:
            yield _plain(item, exclude={"prefix"})
        if found.next_cursor is None:
            return
        cursor = found.next_cursor


async def _matches(page: Page) -> AsyncIterator[Any]:
    """Each match in full, with the contacts that an introduction has opened."""
    async for row in _listed(page.matcher.get, "/matches", MatchPage):
        found = await _one(page.matcher.get(f"/matches/{row['id']}", Match))
        if found and found["contacts_open"]:
            forwarder = Forwarder(page.parts.matcher, page.request, page.reader)
            found["contacts"] = await _one(contacts_of(forwarder, page.parts.profiles, row["id"]))
        yield found


async def _messages(page: Page) -> AsyncIterator[Any]:
    cursor: UUID | None = None
    for _ in range(_MOST_PAGES):
        inbox = page.parts.messages.inbox
        found = await inbox.page(page.reader, page.language, limit=_PAGE, cursor=cursor)
        for item in found.items:
            yield _plain(item)
        if found.next_cursor is None:
            return
        cursor = UUID(found.next_cursor)


async def _saved_searches(page: Page) -> AsyncIterator[Any]:
    cursor: UUID | None = None
    for _ in range(_MOST_PAGES):
        searches = page.parts.messages.saved_searches
        found = await searches.page(page.reader, limit=_PAGE, cursor=cursor)
        for item in found.items:
            yield _plain(item)
        if found.next_cursor is None:
            return
        cursor = UUID(found.next_cursor)


async def _listed(get: Callable[..., Any], path: str, model: type[Listing]) -> AsyncIterator[Any]:
    """All pages of a list; nothing where there is none for this reader."""
    cursor: str | None = None
    for _ in range(_MOST_PAGES):
        try:
            found = _plain(await get(path, model, limit=_PAGE, cursor=cursor))
        except ProblemError as error:
            if error.code in _ABSENT:
                return
            raise
        for item in found["items"]:
            yield item
        cursor = found["next_cursor"]
        if cursor is None:
            return


async def _one(asked: Any) -> Any:
    try:
        return _plain(await asked)
    except ProblemError as error:
        if error.code in _ABSENT:
            return None
        raise


def _plain(found: BaseModel, exclude: set[str] | None = None) -> Any:
    return found.model_dump(mode="json", exclude=exclude)
