"""Reading one's inbox."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from services.gateway.messages import inbox_store
from services.gateway.messages.inbox_store import InboxFilter, StoredMessage
from services.gateway.messages.owners import addresses
from services.gateway.messages.publishing import utc_now
from services.gateway.messages.rendering import path_of, text_of, title_of
from shared.contracts.messages import CATEGORY, Message, MessagePage, UnreadCount
from shared.contracts.organisation import Language
from shared.contracts.principal import Principal
from shared.db import Database
from shared.errors import ProblemError


class Inbox:
    """The use cases; each raises ProblemError("role_required") for programs without an inbox."""

    def __init__(self, database: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._now = now

    async def page(
        self,
        reader: Principal,
        language: Language,
        wanted: InboxFilter | None = None,
        *,
        limit: int = 50,
        cursor: UUID | None = None,
    ) -> MessagePage:
        """The reader's messages, newest first."""
        async with self._database.reading() as connection:
            found = await inbox_store.page(
                connection,
                addresses(reader),
                wanted or InboxFilter(),
                limit=limit + 1,
                after=cursor,
            )
        items = tuple(said(one, language) for one in found[:limit])
        more = len(found) > limit
        return MessagePage(items=items, next_cursor=str(items[-1].id) if more else None)

    async def unread(self, reader: Principal) -> UnreadCount:
        """How many are not read."""
        async with self._database.reading() as connection:
            return UnreadCount(unread=await inbox_store.unread(connection, addresses(reader)))

    async def read(self, message_id: UUID, reader: Principal, language: Language) -> Message:
        """Mark it as read. Raises ProblemError("not_found") for others' messages."""
        async with self._database.transaction() as connection:
            found = await inbox_store.mark_read(
                connection, message_id, addresses(reader), self._now()
            )
        if found is None:
            raise ProblemError("not_found", what="message", id=str(message_id))
        return said(found, language)

    async def read_all(self, reader: Principal) -> UnreadCount:
        """Mark all as read."""
        async with self._database.transaction() as connection:
            await inbox_store.mark_all_read(connection, addresses(reader), self._now())
        return UnreadCount(unread=0)


def said(message: StoredMessage, language: Language) -> Message:
    """The message in a language."""
    return Message(
        id=message.id,
        kind=message.kind,
        category=CATEGORY[message.kind],
        title=title_of(message.kind, message.about, language),
        text=text_of(message.kind, message.about, language),
        path=path_of(message.kind, message.about),
        about=message.about,
        created_at=message.created_at,
        read_at=message.read_at,
    )
