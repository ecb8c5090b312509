"""The inbox, and how one wants to be told."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from services.gateway.api.parameters import Limit
from services.gateway.context import Parts
from services.gateway.identity.reader import Reader
from services.gateway.messages.inbox_store import InboxFilter
from shared.contracts.base import Contract
from shared.contracts.messages import (
    Category,
    Message,
    MessagePage,
    NotificationChoices,
    NotificationSettings,
    UnreadCount,
)
from shared.http.language import AskedLanguage

router = APIRouter(tags=["messages"])


class InboxQuery(Contract):
    """Which messages."""

    unread: bool = False
    category: Category | None = None
    limit: Limit = 50
    cursor: UUID | None = None


@router.get("/inbox", response_model=MessagePage)
async def list_messages(
    query: Annotated[InboxQuery, Query()], parts: Parts, reader: Reader, language: AskedLanguage
) -> MessagePage:
    """Of the reader's organisation or role, and its own; newest first, in its language."""
    wanted = InboxFilter(unread=query.unread, category=query.category)
    return await parts.messages.inbox.page(
        reader, language or "en", wanted, limit=query.limit, cursor=query.cursor
    )


@router.get("/inbox/unread-count", response_model=UnreadCount)
async def count_unread(parts: Parts, reader: Reader) -> UnreadCount:
    """How many are not read."""
    return await parts.messages.inbox.unread(reader)


@router.post("/inbox/read-all", response_model=UnreadCount)
async def read_all_messages(parts: Parts, reader: Reader) -> UnreadCount:
    """Mark all as read."""
    return await parts.messages.inbox.read_all(reader)


@router.post("/inbox/{message_id}/read", response_model=Message)
async def read_message(
    message_id: UUID, parts: Parts, reader: Reader, language: AskedLanguage
) -> Message:
    """Mark one as read; others of the organisation see that too."""
    return await parts.messages.inbox.read(message_id, reader, language or "en")


@router.get("/notification-settings", response_model=NotificationSettings)
async def read_notification_settings(parts: Parts, reader: Reader) -> NotificationSettings:
    """Where and how the reader is told."""
    return await parts.messages.preferences.of(reader)


@router.put("/notification-settings", response_model=NotificationSettings)
async def choose_notification_settings(
    body: NotificationChoices, parts: Parts, reader: Reader
) -> NotificationSettings:
    """Choose; it replaces what was chosen before."""
    return await parts.messages.preferences.choose(body, reader)
