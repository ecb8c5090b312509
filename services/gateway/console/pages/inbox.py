"""The inbox."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import BeforeValidator

from services.gateway.console.page import Page, SignedIn
from services.gateway.console.pages.member_access import options, show
from services.gateway.console.pages.queries import PageQuery
from services.gateway.console.translation import sentence
from services.gateway.messages.inbox_store import InboxFilter
from shared.contracts.messages import Category, MessagePage, UnreadCount

router = APIRouter(prefix="/console/inbox")
_LIMIT = 20


class Wanted(PageQuery):
    """Which messages; an empty choice is none."""

    unread: bool = False
    category: Annotated[Category | None, BeforeValidator(lambda value: value or None)] = None
    cursor: UUID | None = None


@router.get("")
async def inbox(page: SignedIn, wanted: Annotated[Wanted, Query()]) -> Response:
    """Messages, newest first."""
    found = await _page(page, wanted)
    return show(
        page,
        "member/inbox.html",
        found=found,
        wanted=wanted,
        category_options=options(page, "category", Category),
        unread=(await page.parts.messages.inbox.unread(page.reader)).unread,
    )


async def _page(page: Page, wanted: Wanted) -> MessagePage:
    return await page.parts.messages.inbox.page(
        page.reader,
        page.language,
        InboxFilter(unread=wanted.unread, category=wanted.category),
        limit=_LIMIT,
        cursor=wanted.cursor,
    )


@router.get("/unread-count")
async def unread_count(page: SignedIn) -> UnreadCount:
    """For the number in the menu, which a script keeps up to date."""
    return await page.parts.messages.inbox.unread(page.reader)


@router.post("/read-all")
async def read_all(page: SignedIn) -> Response:
    """Everything is read."""
    await page.parts.messages.inbox.read_all(page.reader)
    return page.redirect("/console/inbox", sentence("All messages are marked as read."))


@router.post("/{message_id}")
async def open_message(message_id: UUID, page: SignedIn) -> Response:
    """Mark it as read and go where it leads."""
    message = await page.parts.messages.inbox.read(message_id, page.reader, page.language)
    return page.redirect(message.path or "/console/inbox")
