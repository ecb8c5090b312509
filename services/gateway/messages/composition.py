"""Putting messages together."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

import httpx2 as httpx

from services.gateway.messages.alerts import Alerts
from services.gateway.messages.connection import BusConnection
from services.gateway.messages.consumer import NewsConsumer, Source
from services.gateway.messages.contacts import IntroducedContacts
from services.gateway.messages.daily import Daily
from services.gateway.messages.delivering import Delivering
from services.gateway.messages.digesting import Digesting
from services.gateway.messages.event_feed import EventFeed
from services.gateway.messages.event_streams import EventStreams
from services.gateway.messages.forgetting import Forgetting
from services.gateway.messages.inbox import Inbox
from services.gateway.messages.mailing import Mailing
from services.gateway.messages.preferences import Preferences
from services.gateway.messages.publishing import Publishing
from services.gateway.messages.reminding import Reminding
from services.gateway.messages.saved_searches import SavedSearches
from services.gateway.messages.smtp import SmtpSender, SmtpServer
from services.gateway.messages.sources import sources
from services.gateway.messages.stale import Patience
from services.gateway.messages.turns import Turns
from services.gateway.messages.webhook_calls import WebhookCalls
from services.gateway.messages.webhooks import Webhooks
from services.gateway.outbound import outbound_client
from services.gateway.settings import GatewaySettings
from shared.background import BackgroundLoops
from shared.clients.matcher import MatcherClient
from shared.clients.profiles import ProfilesClient
from shared.clients.service_client import ServiceClient
from shared.db import Database

Loop = Callable[[], Awaitable[None]]


@dataclass(frozen=True)
class Messages:
    """The use cases that routes and pages call, and the loops beside them."""

    inbox: Inbox
    preferences: Preferences
    saved_searches: SavedSearches
    webhooks: Webhooks
    streams: EventStreams
    feed: EventFeed
    publishing: Publishing
    loops: dict[str, Loop]
    _http: httpx.AsyncClient
    bus: BusConnection | None = field(default=None)
    """None where the operator has named no bus."""

    def start(self, loops: BackgroundLoops) -> None:
        """Begin; the tables must be there."""
        for name, loop in self.loops.items():
            loops.start(name, loop)

    async def close(self) -> None:
        """Give every connection back."""
        await self._http.aclose()
        if self.bus:
            await self.bus.close()


def compose_messages(
    settings: GatewaySettings,
    database: Database,
    profiles: ServiceClient,
    matcher: ServiceClient,
) -> Messages:
    """Without a bus nothing is taken in; without a mail server there is the inbox alone."""
    smtp = smtp_sender(settings)
    publishing = Publishing(database, mail_is_sent=smtp is not None)
    forgetting = Forgetting(database)
    feed = EventFeed(database)
    http = outbound_client(settings.outbound_private_networks)
    bus = BusConnection(settings.nats_url) if settings.nats_url else None
    loops: dict[str, Loop] = {
        "event feed": feed.run,
        "webhooks": Delivering(database, WebhookCalls(http), publishing).run,
        "alerts": Alerts(database, MatcherClient(matcher).search, publishing).run,
        "daily": _daily(settings, database, profiles, publishing, forgetting).run,
    }
    if smtp:
        loops["mail"] = _mailing(settings, database, smtp, matcher, profiles).run
    if bus:
        for source in sources(matcher, profiles, forgetting):
            loops[source.consumer.durable] = _follow(bus, source, publishing, database)
    return Messages(
        inbox=Inbox(database),
        preferences=Preferences(database, mail_is_sent=smtp is not None),
        saved_searches=SavedSearches(database),
        webhooks=Webhooks(database, plain_http=settings.webhook_plain_http),
        streams=EventStreams(feed),
        feed=feed,
        publishing=publishing,
        loops=loops,
        _http=http,
        bus=bus,
    )


def _follow(bus: BusConnection, source: Source, publishing: Publishing, database: Database) -> Loop:
    consumer = NewsConsumer(source, publishing, database)

    async def follow() -> None:
        await consumer.run(await bus.bus())

    return follow


def _daily(
    settings: GatewaySettings,
    database: Database,
    profiles: ServiceClient,
    publishing: Publishing,
    forgetting: Forgetting,
) -> Daily:
    zone = ZoneInfo(settings.time_zone)
    patience = Patience(old_after=settings.profile_stale_days, ahead=settings.statement_notice_days)
    return Daily(
        Turns(database),
        Reminding(database, ProfilesClient(profiles), publishing, patience),
        Digesting(database, zone) if settings.smtp_host else None,
        forgetting,
        hour=settings.digest_hour,
        zone=zone,
    )


def _mailing(
    settings: GatewaySettings,
    database: Database,
    smtp: SmtpSender,
    matcher: ServiceClient,
    profiles: ServiceClient,
) -> Mailing:
    contacts = IntroducedContacts(matcher, ProfilesClient(profiles))
    return Mailing(
        database,
        smtp,
        contacts.read,
        sender=smtp.server.sender,
        public_url=(settings.public_url or "").rstrip("/"),
    )


def smtp_sender(settings: GatewaySettings) -> SmtpSender | None:
    """The operator's mail server; None where there is none."""
    if not (settings.smtp_host and settings.smtp_sender):
        return None
    password = settings.smtp_password
    return SmtpSender(
        SmtpServer(
            host=settings.smtp_host,
            port=settings.smtp_port,
            sender=settings.smtp_sender,
            security=settings.smtp_security,
            username=settings.smtp_username,
            password=password.get_secret_value() if password else None,
        )
    )
