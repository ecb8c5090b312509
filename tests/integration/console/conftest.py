"""The gateway's pages in browsers without a screen: cookies are kept, redirects not followed."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from shared.contracts.accounts import LoginLinkRequest
from shared.contracts.principal import Role
from tests.integration.gateway.conftest import (
    Edge,
    MakeEdge,
    edge,
    gateway_database,
    key_directory,
    make_edge,
)

__all__ = ["Edge", "MakeEdge", "edge", "gateway_database", "key_directory", "make_edge"]
_TOKEN = re.compile(r'name="form_token" value="([^"]+)"')


class Browser:
    """Reads pages and sends their forms."""

    def __init__(self, client: Any) -> None:
        self.client = client
        self.token = ""

    async def get(self, path: str, **more: Any) -> Any:
        answer = await self.client.get(path, **more)
        if found := _TOKEN.search(answer.text):
            self.token = found[1]
        return answer

    async def post(self, path: str, **fields: Any) -> Any:
        return await self.client.post(path, data={"form_token": self.token, **fields})


LogIn = Callable[..., Awaitable[Browser]]


@pytest.fixture
async def log_in(edge: Edge) -> LogIn:
    """A browser of somebody with a role, by a one-time link."""

    async def make(role: str | None = None, organisation: str | None = None) -> Browser:
        browser = Browser(await edge.client_with({"Accept": "text/html", "Accept-Language": "en"}))
        if role:
            wish = LoginLinkRequest(
                email=f"{role}-{organisation}@example.org",
                role=Role(role),
                organisation=organisation,
            )
            made = await edge.app.state.gateway.accounts.entering.make_link(wish)
            await browser.get(f"/console/enter?link={made.secret}")
            answer = await browser.post("/console/enter", link=made.secret)
            assert answer.status_code == 303, answer.text
            await browser.get("/console/account")
        return browser

    return make
