"""The profiles service as an ASGI app over a real database, without a web server."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx2 as httpx
from fastapi import FastAPI
from pydantic import SecretStr

from services.profiles.main import create_app
from services.profiles.process import ProfilesProcess
from services.profiles.settings import ProfilesSettings
from shared.contracts.principal import Principal, Role
from shared.internal_tokens import InternalTokens
from tests.support.eventually import eventually

SECRET = "a secret of at least 32 characters"
NO_NATS = "nats://127.0.0.1:1"


class BearerFor(httpx.Auth):
    """Signs each request for a principal."""

    def __init__(self, principal: Principal) -> None:
        self._principal = principal
        self._tokens = InternalTokens(SECRET, "gateway")

    def auth_flow(self, request):  # type: ignore[no-untyped-def]
        token = self._tokens.issue(self._principal, "profiles")
        request.headers["Authorization"] = f"Bearer {token}"
        yield request


@dataclass
class ProfilesUnderTest:
    """The running app and clients of it."""

    app: FastAPI
    database_url: str

    @property
    def process(self) -> ProfilesProcess:
        found: ProfilesProcess = self.app.state.process
        return found

    def member(self, organisation: str | None) -> httpx.AsyncClient:
        return self.client(
            Principal(subject=f"user-{organisation}", role=Role.MEMBER, organisation=organisation)
        )

    def role(self, role: Role) -> httpx.AsyncClient:
        return self.client(Principal(subject=f"the-{role.value}", role=role))

    @property
    def coordinator(self) -> httpx.AsyncClient:
        return self.role(Role.COORDINATOR)

    @property
    def service(self) -> httpx.AsyncClient:
        return self.role(Role.SERVICE)

    def client(self, principal: Principal) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app, raise_app_exceptions=False),
            base_url="http://profiles",
            auth=BearerFor(principal),
        )


@asynccontextmanager
async def running_profiles(
    database_url: str, nats_url: str = NO_NATS, *, prepared: bool = True
) -> AsyncIterator[ProfilesUnderTest]:
    settings = ProfilesSettings(
        database_url=database_url, internal_secret=SecretStr(SECRET), nats_url=nats_url
    )
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        running = ProfilesUnderTest(app, database_url)
        if prepared:
            await eventually(lambda: running.process.prepared)
        yield running
