"""E-mails against a real SMTP server; digests; who is written to."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from aiosmtpd.controller import Controller

from services.gateway.messages.contacts import IntroducedContacts
from services.gateway.messages.digesting import Digesting
from services.gateway.messages.inbox_store import StoredMessage
from services.gateway.messages.mailing import Mailing
from services.gateway.messages.smtp import SmtpSender, SmtpServer
from services.gateway.messages.tables import mails, messages
from shared.clients.profiles import ProfilesClient
from shared.clients.service_client import ServiceClient
from shared.contracts.match_document import ContactsRight, OrganisationContacts
from shared.contracts.messages import Category, Delivery, DigestPace, MessageKind
from shared.contracts.organisation import OrganisationBatch
from shared.internal_tokens import InternalTokens
from tests.integration.gateway_messages.conftest import COORDINATOR, MATCH, Desk, member
from tests.support.careless_services import (
    INTERNAL_SECRET,
    MOMENT,
    CarelessService,
    organisation,
)
from tests.support.ports import free_port

pytestmark = pytest.mark.anyio
_SHANGHAI = ZoneInfo("Asia/Shanghai")


class Mailbox:
    """What the server was handed, and how it answers."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.answer = "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if self.answer.startswith("250"):
            self.recipients += envelope.rcpt_tos
            self.received.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return self.answer


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, SmtpServer]]:
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield box, SmtpServer("127.0.0.1", controller.port, "hezuo@example.org", "none")
    controller.stop()


async def _nobody(_message: StoredMessage) -> OrganisationContacts | None:
    return None


def mailing(desk: Desk, server: SmtpServer, contacts: Any = _nobody) -> Mailing:
    return Mailing(
        desk.database,
        SmtpSender(server),
        contacts,
        sender=server.sender,
        public_url="https://hezuo.example",
        now=desk.now,
    )


async def test_people_are_written_to_in_their_language_and_once(
    desk: Desk, mailbox: tuple[Mailbox, SmtpServer]
) -> None:
    box, server = mailbox
    await desk.person("li", language="zh")
    await desk.person("smith", language="en")
    await desk.person("gone", suspended_at=desk.moment)
    await desk.person("other", organisation="b")
    for _ in range(2):
        await desk.tell("organisation:a")

    await mailing(desk, server).send_due()
    assert await mailing(desk, server).send_due() == 0

    subjects = {mail["To"]: mail["Subject"] for mail in box.received}
    assert subjects == {
        "li@example.org": "推荐合作伙伴：贝塔 - 合作 Hezuo",
        "smith@example.org": "A partner for you: Beta - Hezuo 合作",
    }
    assert all(mail["Auto-Submitted"] == "auto-generated" for mail in box.received)
    assert f"https://hezuo.example/console/introductions/{MATCH}" in box.received[0].get_content()


async def test_a_choice_of_addresses_and_categories_is_kept_to(desk: Desk) -> None:
    await desk.person("li")
    off = {Category.MATCHES: Delivery.OFF}
    await desk.choose(member("a", "li"), delivery=off)
    await desk.choose(member("a"), emails=("office@example.org",), language="en")
    await desk.choose(COORDINATOR, emails=("chen@example.org",))

    await desk.tell("organisation:a")
    await desk.tell("role:coordinator", MessageKind.MATCH_REQUESTED)

    kept = {(row["email"], row["language"]) for row in await desk.rows(mails)}
    assert kept == {("office@example.org", "en"), ("chen@example.org", "zh")}


async def test_who_lost_the_organisation_is_written_to_no_more(desk: Desk) -> None:
    await desk.choose(member("a", "li"), emails=("li@example.org",))
    await desk.person("li", organisation="b")

    await desk.tell("organisation:a")

    assert await desk.rows(mails) == []


async def test_a_server_that_is_away_is_tried_again(
    desk: Desk, mailbox: tuple[Mailbox, SmtpServer]
) -> None:
    box, server = mailbox
    await desk.person("li")
    await desk.tell("organisation:a")
    away = SmtpServer("127.0.0.1", free_port(), "hezuo@example.org", "none")

    await mailing(desk, away).send_due()
    (row,) = await desk.rows(mails)
    assert (row["state"], row["problem"]) == ("pending", "SMTPConnectError")
    assert await mailing(desk, server).send_due() == 0
    desk.later(minutes=2)
    await mailing(desk, server).send_due()

    assert len(box.received) == 1
    assert (await desk.rows(mails))[0]["state"] == "sent"


async def test_what_is_refused_for_good_is_given_up(
    desk: Desk, mailbox: tuple[Mailbox, SmtpServer]
) -> None:
    box, server = mailbox
    box.answer = "550 no such user"
    await desk.person("li")
    await desk.tell("organisation:a")

    await mailing(desk, server).send_due()

    (row,) = await desk.rows(mails)
    assert (row["state"], row["problem"]) == ("failed", "answer 550")


async def test_contacts_are_read_in_the_recipients_name_when_it_is_sent(
    desk: Desk, mailbox: tuple[Mailbox, SmtpServer]
) -> None:
    box, server = mailbox
    profiles, matcher = CarelessService("profiles"), CarelessService("matcher")
    right = ContactsRight(match_id=MATCH, introduced_at=MOMENT, organisations=("a", "b"))
    matcher.answer("GET", f"/matches/{MATCH}/contacts-right", right)
    found = OrganisationBatch(items=(organisation("b"),))
    profiles.answer("POST", "/organisations/batch-read", found)
    tokens = InternalTokens(INTERNAL_SECRET, "gateway")

    def client(service: CarelessService) -> ServiceClient:
        return ServiceClient(service.name, "http://x", tokens, transport=service.transport())

    contacts = IntroducedContacts(client(matcher), ProfilesClient(client(profiles)))
    await desk.person("li", language="en")
    await desk.tell("organisation:a", MessageKind.MATCH_INTRODUCED)
    await desk.tell("organisation:a", MessageKind.MATCH_CLOSED)
    await mailing(desk, server, contacts.read).send_due()

    with_contacts = [mail for mail in box.received if "secret@" in mail.get_content()]
    assert [mail["Subject"] for mail in with_contacts] == [
        "You are introduced to Beta - Hezuo 合作"
    ]
    (asked,) = matcher.asked
    assert (asked.principal.role, asked.principal.organisation) == ("member", "a")
    kept = str(await desk.rows(mails)) + str(await desk.rows(messages))
    assert "secret@" not in kept


async def test_a_digest_has_what_is_unread_and_comes_once(
    desk: Desk, mailbox: tuple[Mailbox, SmtpServer]
) -> None:
    box, server = mailbox
    in_digest = {Category.MATCHES: Delivery.DIGEST}
    await desk.person("li")
    await desk.choose(member("a", "li"), delivery=in_digest, language="en")
    await desk.person("wu")
    weekly = {"delivery": in_digest, "digest": DigestPace.WEEKLY}
    await desk.choose(member("a", "wu"), **weekly)
    digesting = Digesting(desk.database, _SHANGHAI, desk.now)
    desk.later(days=1)  # Tuesday
    await desk.tell("organisation:a", dedup="1")
    await desk.tell("organisation:a", dedup="2")
    await desk.tell("organisation:b")
    desk.later(minutes=1)

    await digesting.queue()
    await digesting.queue()
    await mailing(desk, server).send_due()
    (mail,) = box.received
    assert (mail["To"], mail["Subject"]) == ("li@example.org", "2 messages for you - Hezuo 合作")

    desk.later(days=6)
    await digesting.queue()
    await mailing(desk, server).send_due()
    assert [mail["To"] for mail in box.received[1:]] == ["wu@example.org"]
