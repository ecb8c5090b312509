"""The use cases of accounts, put together."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from services.gateway.accounts.account_audit import AccountAudit
from services.gateway.accounts.entering import Entering
from services.gateway.accounts.link_mail import LinkMail
from services.gateway.accounts.people import People
from services.gateway.accounts.saved_views import SavedViews
from services.gateway.accounts.sessions import Sessions, SessionTimes
from services.gateway.messages.composition import smtp_sender
from services.gateway.messages.publishing import Publishing
from services.gateway.settings import GatewaySettings
from shared.clients.service_client import ServiceClient
from shared.contracts.accounts import Person
from shared.contracts.organisation import Language
from shared.db import Database


class SendsLinks(Protocol):
    """Brings a one-time link to a person's mailbox."""

    async def send_link(self, person: Person, link: str, language: Language) -> None:
        """Returns once the message is sure to be sent; `link` is the secret alone."""


@dataclass(frozen=True)
class Accounts:
    """People, how they come in, and their browsers."""

    people: People
    entering: Entering
    sessions: Sessions
    views: SavedViews
    audit: AccountAudit
    link_mail: SendsLinks | None = None
    """None where the platform sends no e-mail."""


def compose_accounts(
    settings: GatewaySettings,
    database: Database,
    profiles: ServiceClient,
    publishing: Publishing,
) -> Accounts:
    """All of them over one database."""
    smtp = smtp_sender(settings)
    link_mail = None
    if smtp is not None:
        public_url = settings.public_url or ""
        link_mail = LinkMail(smtp, sender=smtp.server.sender, public_url=public_url)
    times = SessionTimes(
        timedelta(hours=settings.session_idle_hours), timedelta(hours=settings.session_hours)
    )
    sessions = Sessions(database, times)
    return Accounts(
        people=People(database, profiles, publishing),
        entering=Entering(database, sessions),
        sessions=sessions,
        views=SavedViews(database),
        audit=AccountAudit(database),
        link_mail=link_mail,
    )
