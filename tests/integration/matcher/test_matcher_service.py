"""The service as a whole: waiting for its parts, telling the truth, asking for tokens."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest
from fastapi import FastAPI

from deploy.embedded.nats import EmbeddedNats
from services.matcher.main import create_app
from services.matcher.settings import MatcherSettings
from shared.clients.matcher import MatcherClient
from shared.clients.service_client import ServiceClient
from shared.contracts.principal import Principal, Role
from shared.contracts.suggestions import SearchRequest, SuggestionFilter
from shared.errors import ProblemError
from shared.internal_tokens import InternalTokens
from tests.support.hashing_embedder import HashingEmbedder
from tests.support.profiles import profile
from tests.support.stateful_profiles import StatefulProfiles

pytestmark = pytest.mark.anyio

SECRET = "s" * 32
OPERATOR = Principal(subject="op", role=Role.OPERATOR)
MEMBER = Principal(subject="m", role=Role.MEMBER, organisation="lab")


@dataclass
class Service:
    app: FastAPI
    profiles: StatefulProfiles
    http: httpx.AsyncClient
    client: MatcherClient


@pytest.fixture
async def service(
    migrated_database: Callable[[str], str], nats_server: EmbeddedNats, tmp_path: Path
) -> AsyncIterator[Service]:
    settings = MatcherSettings(
        database_url=migrated_database("services.matcher"),
        internal_secret=SECRET,
        nats_url=nats_server.url,
        profiles_url="http://127.0.0.1:9",
        index_directory=tmp_path / "index",
    )
    profiles = StatefulProfiles()
    app = create_app(settings, load_model=HashingEmbedder, profiles=profiles)
    transport = httpx.ASGITransport(app=app)
    http = ServiceClient(
        "matcher", "http://matcher", InternalTokens(SECRET, "gateway"), transport=transport
    )
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://matcher") as bare,
    ):
        yield Service(app, profiles, bare, MatcherClient(http))
        await http.close()


async def dependencies(service: Service) -> dict[str, Any]:
    answer = (await service.http.get("/ready")).json()
    return {one["name"]: one for one in answer["dependencies"]}


async def until_ready(service: Service) -> None:
    async with asyncio.timeout(30):
        while not all(
            one["ready"]
            for name, one in (await dependencies(service)).items()
            if name != "profiles"
        ):
            await asyncio.sleep(0.05)


async def test_readiness_names_what_is_away(service: Service) -> None:
    assert (await service.http.get("/health")).status_code == 200
    await until_ready(service)
    answer = await service.http.get("/ready")
    assert answer.status_code == 503, "the profiles service is not there"
    found = await dependencies(service)
    assert not found["profiles"]["ready"]
    assert found["model"]["version"] == "hashing-64 (cpu)"
    assert found["index"]["version"].startswith("qdrant-edge ")


async def test_the_client_asks_and_the_service_answers(service: Service) -> None:
    await until_ready(service)
    text = "eye tracking for headsets"
    service.profiles.save("lab", profile("Lab", needs={"n1": text}))
    service.profiles.save("maker", profile("Maker", capabilities={"c1": text}))
    found = await service.client.reconcile(OPERATOR)
    assert found.missing == 2
    wanted = SuggestionFilter(minimum_score=0.01)
    page = await service.client.suggestions("lab", MEMBER, filter=wanted)
    assert [item.partner.id for item in page.items] == ["maker"]
    hits = await service.client.search(SearchRequest(text=text), MEMBER)
    assert [hit.partner.id for hit in hits.items] == ["maker"]
    status = await service.client.index_status(OPERATOR)
    assert (status.organisations, status.statements, status.pending) == (2, 2, 0)
    assert (await service.client.rebuild(OPERATOR)).phase.value == "fitting"
    assert not (await service.client.dead_letters(OPERATOR)).items
    assert (await service.client.replay_all(OPERATOR)).replayed == 0


async def test_without_a_token_nothing_is_told(service: Service) -> None:
    await until_ready(service)
    for method, path in [
        ("GET", "/organisations/lab/suggestions"),
        ("POST", "/search"),
        ("GET", "/index"),
        ("POST", "/index/rebuild"),
        ("POST", "/index/reconciliation"),
        ("GET", "/dead-letters"),
        ("POST", "/dead-letters/replay"),
        ("POST", "/dead-letters/1/replay"),
        ("DELETE", "/dead-letters/1"),
    ]:
        answer = await service.http.request(method, path, json={"text": "anything"})
        assert answer.status_code == 401, path


async def test_operations_are_for_operators(service: Service) -> None:
    await until_ready(service)
    for call in (
        service.client.index_status,
        service.client.rebuild,
        service.client.reconcile,
        service.client.dead_letters,
        service.client.replay_all,
    ):
        with pytest.raises(ProblemError, match="forbidden"):
            await call(MEMBER)
