"""One-time links by e-mail. Sent beside the request: how long it takes tells nobody whether an
address is known."""

import asyncio
from email.message import EmailMessage
from typing import Protocol

import structlog

from services.gateway.accounts.entering import LINK_LIFETIME
from shared.contracts.accounts import Person
from shared.contracts.organisation import Language

_MINUTES = int(LINK_LIFETIME.total_seconds() // 60)
_log = structlog.get_logger("mail")
_SUBJECT = {"en": "Your link to Hezuo", "zh": "您的 Hezuo 合作登录链接"}
_TEXT = {
    "en": "This link lets you in once, within {minutes} minutes:\n\n{url}\n\n"
    "If you have not asked for it, you need do nothing: without it nobody comes in.\n",
    "zh": "以下链接仅可登录一次,{minutes} 分钟内有效:\n\n{url}\n\n"
    "如非本人操作,请忽略本邮件:没有该链接,任何人都无法登录。\n",
}


class Sends(Protocol):
    """An SMTP server, or what stands for it."""

    async def send(self, message: EmailMessage) -> None: ...


class LinkMail:
    """Sends links; `public_url` is where people reach the platform."""

    def __init__(self, smtp: Sends, *, sender: str, public_url: str) -> None:
        self._smtp = smtp
        self._sender = sender
        self._public_url = public_url.rstrip("/")
        self._sending: set[asyncio.Task[None]] = set()

    async def send_link(self, person: Person, link: str, language: Language) -> None:
        """Begin to send it. Who gets none asks again: links are worth nothing after minutes."""
        message = EmailMessage()
        message["From"], message["To"] = self._sender, person.email
        message["Subject"] = _SUBJECT[language]
        url = f"{self._public_url}/console/enter?link={link}"
        message.set_content(_TEXT[language].format(minutes=_MINUTES, url=url))
        task = asyncio.create_task(self._send(message))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def _send(self, message: EmailMessage) -> None:
        try:
            await self._smtp.send(message)
        except Exception as error:
            _log.warning("link_not_mailed", error_type=type(error).__name__)
