"""The matcher's use cases on matches over real PostgreSQL and their HTTP routes; no model."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import httpx2 as httpx
from fastapi import FastAPI

from services.matcher.api import audit, matches
from services.matcher.domain.content import content_digest
from services.matcher.domain.learning.learned_ranking import EDITION
from services.matcher.domain.matches.policy import MatchPolicy
from services.matcher.domain.matches.suggesting import (
    Evidence,
    EvidenceDirection,
    EvidenceFeature,
    EvidencePair,
    SuggestedPair,
)
from services.matcher.domain.pairs import Pair
from services.matcher.domain.snapshot import snapshot_of
from services.matcher.domain.stored import StoredOrganisation
from services.matcher.match_cases import MatchCases, match_cases
from services.matcher.schema import tables
from services.matcher.service.encoding import embedded_texts
from services.matcher.service.matches.cases import Cases
from services.matcher.service.matches.departing import follow_organisations
from services.matcher.storage.postgres import PostgresStore
from shared.clients.service_client import ServiceClient
from shared.contracts.decisions import SuggestionSnapshot
from shared.contracts.organisation import Organisation, Status
from shared.contracts.principal import Principal, Role
from shared.contracts.suggestions import Basis
from shared.db import Database
from shared.internal_tokens import InternalTokens
from shared.runtime import install_common
from tests.support.profiles import profile
from tests.support.stateful_profiles import StatefulProfiles

_SECRET = "s" * 32
NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)
ANA = Principal(subject="ana", role=Role.COORDINATOR)
BO = Principal(subject="bo", role=Role.COORDINATOR)


def member(organisation: str) -> Principal:
    """Who speaks for it."""
    return Principal(subject=f"m-{organisation}", role=Role.MEMBER, organisation=organisation)


@dataclass
class Clock:
    """Stands still until it is moved."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **more: float) -> None:
        """So much time."""
        self.now += timedelta(**more)


@dataclass
class MatchDesk:
    """Everything wired, with short ways to begin."""

    store: PostgresStore
    database: Database
    cases: MatchCases
    profiles: StatefulProfiles
    client: ServiceClient
    clock: Clock
    _made: int = field(default=0)

    async def organisations(self, *ids: str, **more: Any) -> None:
        """Saved in the profiles service and taken in."""
        for id in ids:
            self.profiles.save(id, _profile(id) | more)
        await self.take_in(*ids)

    async def take_in(self, *ids: str) -> None:
        """As the consumer of changes does, without an index."""
        stored = [_stored(self.profiles.stored[id]) for id in ids]
        async with self.store.transaction() as transaction:
            await transaction.snapshots.lock(ids)
            await transaction.snapshots.save(stored)
            await follow_organisations(transaction, stored)

    async def suggested(self, *, score: float = 0.7, run: str = "run-1") -> tuple[str, Pair]:
        """A new pair that a run has suggested: the match's id and the two."""
        self._made += 1
        pair = Pair.of(f"a-{self._made}", f"b-{self._made}")
        await self.organisations(*pair)
        await self.cases.suggested.record([suggestion(pair, score)], run)
        return await self.match_of(pair), pair

    async def asked(self) -> tuple[str, Pair]:
        """A pair of which both sides have been asked."""
        id, pair = await self.suggested()
        await self.decide(id, "approve")
        await self.decide(id, "ask")
        return id, pair

    async def introduced(self) -> tuple[str, Pair]:
        """A pair that has said yes."""
        id, pair = await self.asked()
        for one in pair:
            await self.say(id, "response", member(one), answer="interested")
        return id, pair

    async def match_of(self, pair: Pair) -> str:
        """The pair's match."""
        async with self.store.transaction() as transaction:
            found = await transaction.matches.lock_pairs([pair])
        return found[pair].id

    async def read(self, id: str, reader: Principal = ANA) -> dict[str, Any]:
        """The document."""
        return await self.call("GET", f"/matches/{id}", reader)

    async def decide(
        self, id: str, decision: str, by: Principal = ANA, **more: Any
    ) -> dict[str, Any]:
        """On the version that is there."""
        version = (await self.read(id))["version"]
        headers = {"If-Match": f'"{version}"'}
        body = {"decision": decision, **more}
        return await self.call("POST", f"/matches/{id}/decision", by, body, headers)

    async def say(self, id: str, what: str, by: Principal, **body: Any) -> dict[str, Any]:
        """POST /matches/{id}/{what}."""
        return await self.call("POST", f"/matches/{id}/{what}", by, body)

    async def call(
        self,
        method: str,
        path: str,
        by: Principal,
        body: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
        **params: Any,
    ) -> dict[str, Any]:
        """The answer; raises its problem."""
        content = None if body is None else json.dumps(body)
        sent = {"Content-Type": "application/json", **(headers or {})}
        answer = await self.client.call(
            method, path, principal=by, content=content, headers=sent, params=params
        )
        found: dict[str, Any] = answer.json()
        return found


@asynccontextmanager
async def match_desk(url: str, policy: MatchPolicy | None = None) -> AsyncIterator[MatchDesk]:
    """Over a migrated database."""
    database, profiles, clock = Database(url, pool_size=8), StatefulProfiles(), Clock()
    store = PostgresStore(database, tables)
    cases = match_cases(Cases(store, policy or MatchPolicy(), clock), profiles, _silent, 24)
    app = FastAPI()
    app.state.internal_tokens = InternalTokens(_SECRET, "matcher")
    ready = asyncio.Event()
    ready.set()
    casework = SimpleNamespace(matches=cases, prepared=ready)
    app.state.matcher = SimpleNamespace(casework=casework)
    install_common(app, body_limit=100_000)
    app.include_router(matches.router)
    app.include_router(audit.router)
    transport = httpx.ASGITransport(app=app)
    tokens = InternalTokens(_SECRET, "gateway")
    client = ServiceClient("matcher", "http://matcher", tokens, transport=transport)
    yield MatchDesk(store, database, cases, profiles, client, clock)
    await client.close()
    await database.close()


def suggestion(pair: Pair, score: float = 0.7) -> SuggestedPair:
    """With an answer in both directions; the second's capability is confidential."""
    answer = EvidencePair("n1", "c1", 0.9, 0.5, 0.1)
    snapshot = SuggestionSnapshot(
        features=(),
        raw=0.3,
        probability=score,
        rank=1,
        ranking_version=f"{EDITION}+hand-set",
        model="m",
        statistics_version=0,
        organisation_version=1,
        partner_version=1,
    )
    evidence = Evidence(
        first=EvidenceDirection(0.8, Basis.NEEDS, (answer,), (), 1),
        second=EvidenceDirection(0.4, Basis.NEEDS, (), ("n1",), 1),
        features=(EvidenceFeature("same_province", 1.0, 0.2),),
        snapshots={pair.first: snapshot},
    )
    return SuggestedPair(pair, score, evidence)


def _profile(id: str) -> dict[str, Any]:
    """An enterprise's (b-...) capability is confidential."""
    enterprise = id.startswith("b")
    capability = {
        "id": "c1",
        "text": f"{id} aligns waveguides",
        "visibility": "confidential" if enterprise else "members",
    }
    needs = {"n1": f"{id} needs waveguides that are aligned"}
    kind = "enterprise" if enterprise else "institution"
    return profile(f"Name of {id}", needs=needs, kind=kind) | {"capabilities": [capability]}


def _stored(found: Any) -> StoredOrganisation:
    if not isinstance(found, Organisation) or found.status is not Status.ACTIVE:
        return StoredOrganisation(found.id, found.version, found.status)
    snapshot = snapshot_of(found)
    digests = frozenset(content_digest(*one) for one in embedded_texts(snapshot.statements))
    return StoredOrganisation(found.id, found.version, found.status, snapshot, digests)


async def _silent(pair: Pair) -> SuggestedPair | None:
    """No model here."""
    return None
