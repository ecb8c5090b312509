"""The gateway over a real database, with services behind it that check nothing."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest

from services.gateway.main import create_app
from services.gateway.settings import GatewaySettings
from shared.local_keys import ensure_key_pair, issue_token
from tests.support.careless_services import INTERNAL_SECRET, CarelessService


@dataclass
class Edge:
    """A gateway, what is behind it, and clients in front of it."""

    app: Any
    keys: Path
    profiles: CarelessService
    matcher: CarelessService
    _clients: AsyncExitStack

    async def client(self, role: str | None = None, organisation: str | None = None) -> Any:
        headers = {}
        if role:
            token = issue_token(self.keys, role=role, organisation=organisation)
            headers["Authorization"] = f"Bearer {token}"
        return await self.client_with(headers)

    async def client_with(self, headers: dict[str, str]) -> Any:
        transport = httpx.ASGITransport(self.app, client=("203.0.113.9", 4000))
        client = httpx.AsyncClient(transport=transport, base_url="http://gateway", headers=headers)
        return await self._clients.enter_async_context(client)


MakeEdge = Callable[..., Edge]


@pytest.fixture(scope="session")
def key_directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    ensure_key_pair(folder)
    return folder


@pytest.fixture(scope="module")
def gateway_database(migrated_database: Callable[[str], str]) -> str:
    return migrated_database("services.gateway")


@pytest.fixture
async def make_edge(gateway_database: str, key_directory: Path) -> AsyncIterator[MakeEdge]:
    async with AsyncExitStack() as stack:

        def make(**changes: Any) -> Edge:
            settings = GatewaySettings(
                **{
                    "database_url": gateway_database,
                    "internal_secret": INTERNAL_SECRET,
                    "profiles_url": "http://profiles",
                    "matcher_url": "http://matcher",
                    "jwks_file": key_directory / "jwks.json",
                    "database_pool": 2,
                    "anonymous_rate_limit": "6000/minute",
                    **changes,
                }
            )
            profiles, matcher = CarelessService("profiles"), CarelessService("matcher")
            app = create_app(settings, profiles=profiles.transport(), matcher=matcher.transport())
            stack.push_async_callback(app.state.gateway.close)
            return Edge(app, key_directory, profiles, matcher, stack)

        yield make


@pytest.fixture
def edge(make_edge: MakeEdge) -> Edge:
    return make_edge()
