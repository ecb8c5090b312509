"""What lives as long as the process, and how routes get at it.

The dependencies are coroutines, though they wait for nothing: plain functions would each cost a
hop to a worker thread.
"""

from dataclasses import dataclass
from typing import Annotated, cast

import httpx2 as httpx
from fastapi import Depends, Request

from services.gateway.accounts.composition import Accounts
from services.gateway.console.rendering import Console
from services.gateway.drafts.service import DraftProfiles
from services.gateway.forwarding import Forwarder
from services.gateway.identity.key_set import KeySet
from services.gateway.identity.oidc import OidcLogin
from services.gateway.identity.reader import Reader
from services.gateway.messages.composition import Messages
from services.gateway.service.api_keys import ApiKeys
from services.gateway.settings import GatewaySettings
from shared.clients.service_client import ServiceClient
from shared.contracts.taxonomy import Taxonomy
from shared.db import Database


@dataclass(frozen=True)
class Gateway:
    """The process's parts."""

    settings: GatewaySettings
    database: Database
    profiles: ServiceClient
    matcher: ServiceClient
    api_keys: ApiKeys
    taxonomy: Taxonomy
    issuer_http: httpx.AsyncClient
    keys: KeySet
    drafts: DraftProfiles
    messages: Messages
    accounts: Accounts
    console: Console
    oidc: OidcLogin | None = None

    async def close(self) -> None:
        """Give every connection back."""
        await self.messages.close()
        await self.profiles.close()
        await self.matcher.close()
        await self.issuer_http.aclose()
        await self.drafts.close()
        await self.database.close()


async def _parts(request: Request) -> Gateway:
    return cast(Gateway, request.app.state.gateway)


Parts = Annotated[Gateway, Depends(_parts)]


async def _profiles(request: Request, parts: Parts, reader: Reader) -> Forwarder:
    return Forwarder(parts.profiles, request, reader)


async def _matcher(request: Request, parts: Parts, reader: Reader) -> Forwarder:
    return Forwarder(parts.matcher, request, reader)


Profiles = Annotated[Forwarder, Depends(_profiles)]
Matcher = Annotated[Forwarder, Depends(_matcher)]
