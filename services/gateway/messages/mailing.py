"""Sending e-mails: claimed under a lease, composed just before, tried again where it may help.

A crash between the server's yes and our note sends it again, with the same Message-ID.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Protocol

import structlog

from services.gateway.messages import inbox_store, mail_store
from services.gateway.messages.back_off import MAIL_PAUSES, next_pause
from services.gateway.messages.inbox_store import StoredMessage
from services.gateway.messages.mail_store import DIGEST, ClaimedMail
from services.gateway.messages.mail_texts import MailText, digest_mail, single_mail
from services.gateway.messages.publishing import utc_now
from services.gateway.messages.smtp import MailFailedError
from shared.contracts.match_document import OrganisationContacts
from shared.contracts.messages import MessageKind
from shared.db import Database
from shared.http.request_id import begin_turn

_log = structlog.get_logger("mail")
_AT_ONCE = 10
_LEASE = timedelta(minutes=5)
_REST_SECONDS = 2.0

ContactsFor = Callable[[StoredMessage], Awaitable[OrganisationContacts | None]]
"""The other side's contacts, as the recipient of an introduction may read them now."""


class Sends(Protocol):
    """An SMTP server, or what stands for it."""

    async def send(self, message: EmailMessage) -> None: ...


class Mailing:
    """The sender's loop. `sender` is the address in From."""

    def __init__(
        self,
        database: Database,
        smtp: Sends,
        contacts: ContactsFor,
        *,
        sender: str,
        public_url: str,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._database = database
        self._smtp = smtp
        self._contacts = contacts
        self._sender = sender
        self._public_url = public_url
        self._now = now

    async def run(self) -> None:
        """Send until cancelled; an error ends it, so that the caller starts it again."""
        while True:
            begin_turn()
            if not await self.send_due():
                await asyncio.sleep(_REST_SECONDS)

    async def send_due(self) -> int:
        """Send what is due now; how many were tried."""
        async with self._database.transaction() as connection:
            claimed = await mail_store.claim(connection, self._now(), limit=_AT_ONCE, lease=_LEASE)
        await asyncio.gather(*map(self._send, claimed))
        return len(claimed)

    async def _send(self, mail: ClaimedMail) -> None:
        async with self._database.reading() as connection:
            messages = await inbox_store.with_ids(connection, mail.messages)
        try:
            if messages:  # an erasure may have taken them
                await self._smtp.send(self._letter(mail, await self._text(mail, messages)))
        except Exception as error:
            await self._failed(mail, error)
            return
        async with self._database.transaction() as connection:
            await mail_store.sent(connection, mail.id, self._now())

    async def _failed(self, mail: ClaimedMail, error: Exception) -> None:
        permanent = isinstance(error, MailFailedError) and error.permanent
        problem = error.problem if isinstance(error, MailFailedError) else type(error).__name__
        _log.warning("mail_not_sent", mail=str(mail.id), problem=problem, attempts=mail.attempts)
        pause = next_pause(MAIL_PAUSES, mail.attempts, random.random())  # noqa: S311 - no secret
        again = None if pause is None or permanent else self._now() + pause
        async with self._database.transaction() as connection:
            await mail_store.failed(connection, mail.id, problem, again)

    async def _text(self, mail: ClaimedMail, messages: Sequence[StoredMessage]) -> MailText:
        if mail.purpose == DIGEST:
            return digest_mail(messages, mail.language, self._public_url)
        (message,) = messages
        introduced = message.kind is MessageKind.MATCH_INTRODUCED
        contacts = await self._contacts(message) if introduced else None
        return single_mail(message, mail.language, self._public_url, contacts)

    def _letter(self, mail: ClaimedMail, text: MailText) -> EmailMessage:
        letter = EmailMessage()
        domain = self._sender.rpartition("@")[2]
        letter["From"] = Address("Hezuo 合作", addr_spec=self._sender)
        letter["To"] = Address(addr_spec=mail.email)
        letter["Subject"] = text.subject
        letter["Date"] = format_datetime(self._now())
        letter["Message-ID"] = f"<{mail.id}@{domain}>"
        letter["Auto-Submitted"] = "auto-generated"
        letter["Content-Language"] = mail.language
        letter.set_content(text.body)
        return letter
