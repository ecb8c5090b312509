"""Profiles and matcher that check nothing and keep nothing back: only the edge protects here.

They answer with whatever a test gives them and remember who asked, with which headers.
"""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx2 as httpx
from fastapi import FastAPI, Request, Response

from shared.contracts.base import Contract
from shared.contracts.health import DependencyHealth, Readiness
from shared.contracts.organisation import (
    Capability,
    Contact,
    Kind,
    Names,
    Need,
    Organisation,
    Side,
    Status,
    Visibility,
)
from shared.contracts.principal import Principal
from shared.contracts.suggestions import (
    Answer,
    Basis,
    Direction,
    Freshness,
    PartnerSummary,
    SearchHit,
    SearchMatch,
    SearchPage,
    StatementQuote,
    Suggestion,
    SuggestionPage,
)
from shared.contracts.why_not import Reason, ReasonCode, WhyNot
from shared.http.principals import Reader
from shared.internal_tokens import InternalTokens
from shared.runtime import install_common

INTERNAL_SECRET = "a secret of the services, long enough"
MOMENT = datetime(2026, 11, 1, tzinfo=UTC)
SECRET_TEXT = "SECRET unpublished waveguide recipe"


@dataclass
class Asked:
    """One request that arrived."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    principal: Principal
    body: bytes


@dataclass
class CarelessService:
    """Answers by method and path; what nobody has set is 404 with FastAPI's rendering."""

    name: str
    answers: dict[tuple[str, str], Response] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    ready: bool = True
    slow_seconds: float = 0.0
    """Before it says whether it is ready."""

    def answer(
        self, method: str, path: str, body: Contract | bytes, status: int = 200, **headers: str
    ) -> None:
        content = body if isinstance(body, bytes) else body.model_dump_json().encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[method, path] = Response(
            content, status, named, media_type=named.pop("content-type", "application/json")
        )

    def transport(self) -> httpx.ASGITransport:
        return httpx.ASGITransport(self.app())

    def app(self) -> FastAPI:
        app = FastAPI()
        app.state.internal_tokens = InternalTokens(INTERNAL_SECRET, self.name)
        install_common(app, body_limit=10**9)

        @app.get("/ready")
        async def ready(response: Response) -> dict[str, Any]:
            await asyncio.sleep(self.slow_seconds)
            response.status_code = 200 if self.ready else 503
            below = DependencyHealth(name="nats", ready=self.ready, version="2.15")
            return Readiness(
                service=self.name, version="1", ready=self.ready, dependencies=(below,)
            ).model_dump()

        @app.api_route("/{path:path}", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
        async def anything(request: Request, reader: Reader) -> Response:
            asked = Asked(
                request.method,
                request.url.path,
                dict(request.query_params),
                dict(request.headers),
                reader,
                await request.body(),
            )
            self.asked.append(asked)
            return self.answers.get((asked.method, asked.path)) or Response(status_code=404)

        return app


def organisation(identifier: str, *, status: Status = Status.ACTIVE) -> Organisation:
    """With a contact and a confidential statement on both sides."""
    return Organisation(
        id=identifier,
        version=3,
        status=status,
        kind=Kind.INSTITUTION,
        names=Names(zh="示范研究所", en="Example Institute"),
        contacts=(Contact(name="SECRET person", email="secret@example.org"),),
        exclusions=("secret-rival",),
        capacity=7,
        capabilities=(
            Capability(id="c1", text="We align optical waveguides", language="en"),
            Capability(id="c2", text=SECRET_TEXT, visibility=Visibility.CONFIDENTIAL),
        ),
        needs=(Need(id="n1", text=SECRET_TEXT, visibility=Visibility.CONFIDENTIAL),),
        created_at=MOMENT,
        updated_at=MOMENT,
    )


def quote(owner: str, side: Side, *, confidential: bool) -> StatementQuote:
    """A quote that a service should have emptied for others than the owner."""
    text = SECRET_TEXT if confidential else "We align optical waveguides"
    return StatementQuote(
        organisation=owner,
        id=f"{owner}-{side}-{'secret' if confidential else 'open'}",
        side=side,
        text=text,
        language="en",
        confidential=confidential,
    )


def suggestions(asker: str, partner: str) -> SuggestionPage:
    """One suggestion, explained with confidential statements of both."""
    met = Answer(
        need=quote(asker, Side.NEED, confidential=True),
        capability=quote(partner, Side.CAPABILITY, confidential=True),
        score=0.9,
        similarity=0.5,
        lexical=0.1,
    )
    receives = Direction(score=0.9, basis=Basis.NEEDS, answers=(met,), unmet=())
    unmet = quote(partner, Side.NEED, confidential=True)
    gives = Direction(score=0.1, basis=Basis.NEEDS, answers=(), unmet=(unmet,))
    item = Suggestion(rank=1, partner=_summary(partner), score=0.3, receives=receives, gives=gives)
    return SuggestionPage(organisation=asker, items=(item,), freshness=_freshness())


def why_not(asker: str, partner: str, *codes: ReasonCode) -> WhyNot:
    """With a score and directions that tell of confidential statements of both."""
    (item,) = suggestions(asker, partner).items
    return WhyNot(
        organisation=asker,
        other=partner,
        partner=item.partner,
        listed=False,
        reasons=tuple(Reason(code=code, zh="因", en="because") for code in codes),
        score=item.score,
        receives=item.receives,
        gives=item.gives,
        freshness=_freshness(),
    )


def search_page(*owners: str) -> SearchPage:
    """For each owner a hit with an open and a confidential statement, and one with the latter."""
    hits = []
    for owner in owners:
        secret = _match(quote(owner, Side.CAPABILITY, confidential=True), 0.9)
        both = (secret, _match(quote(owner, Side.CAPABILITY, confidential=False), 0.4))
        hits.append(SearchHit(rank=1, partner=_summary(owner), score=0.9, matches=both))
        hits.append(SearchHit(rank=2, partner=_summary(owner), score=0.9, matches=(secret,)))
    return SearchPage(side=Side.NEED, language="en", items=tuple(hits), freshness=_freshness())


def _match(statement: StatementQuote, score: float) -> SearchMatch:
    return SearchMatch(statement=statement, score=score, similarity=score, lexical=0.0)


def _summary(identifier: str) -> PartnerSummary:
    return PartnerSummary(
        id=identifier,
        version=3,
        kind=Kind.INSTITUTION,
        names=Names(en="Example"),
        country="CN",
        province=None,
        city_name=None,
        fields=(),
    )


def _freshness() -> Freshness:
    return Freshness(organisation_version=3, collection="c", indexed_at=MOMENT, computed_at=MOMENT)
