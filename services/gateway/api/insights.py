"""Figures about the platform, for coordinators."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response
from pydantic import AwareDatetime, Field

from services.gateway.context import Matcher
from services.gateway.identity.reader import Reader
from services.gateway.rights import require_role
from shared.contracts.base import Contract
from shared.contracts.insights import CoverageMap, DecisionTimes, Exposure, Funnel, Network
from shared.contracts.matches import MatchState
from shared.contracts.organisation import FieldCode, Kind
from shared.contracts.principal import Role


async def _coordinator(reader: Reader) -> None:
    require_role(reader, Role.COORDINATOR, Role.OPERATOR)


router = APIRouter(prefix="/insights", tags=["insights"], dependencies=[Depends(_coordinator)])


class NetworkQuery(Contract):
    """Which edges, and how many."""

    state: MatchState | Literal["stated"] | None = None
    kind: Kind | None = None
    limit: Annotated[int, Field(ge=10, le=1000)] = 150


class PeriodQuery(Contract):
    """Of the matches' first suggestion."""

    since: AwareDatetime | None = None
    until: AwareDatetime | None = None


@router.get("/network", response_model=Network)
async def network(query: Annotated[NetworkQuery, Query()], matcher: Matcher) -> Response:
    """The strongest edges between organisations: matches, and collaborations in profiles."""
    params = query.model_dump(mode="json", exclude_none=True)
    return await matcher.fetch("GET", "/insights/network", Network, params=params)


@router.get("/coverage", response_model=CoverageMap)
async def coverage(matcher: Matcher, within: FieldCode | None = None) -> Response:
    """Needs and capabilities by field and region, and which needs nobody answers."""
    params = {"within": within}
    return await matcher.fetch("GET", "/insights/coverage", CoverageMap, params=params)


@router.get("/exposure", response_model=Exposure)
async def exposure(matcher: Matcher, limit: Annotated[int, Field(ge=1, le=500)] = 50) -> Response:
    """Who is suggested how often, and how evenly that is shared out, over time."""
    return await matcher.fetch("GET", "/insights/exposure", Exposure, params={"limit": limit})


@router.get("/funnel", response_model=Funnel)
async def funnel(query: Annotated[PeriodQuery, Query()], matcher: Matcher) -> Response:
    """How many matches got how far, from suggestion to collaboration."""
    params = query.model_dump(mode="json", exclude_none=True)
    return await matcher.fetch("GET", "/insights/funnel", Funnel, params=params)


@router.get("/decision-times", response_model=DecisionTimes)
async def decision_times(query: Annotated[PeriodQuery, Query()], matcher: Matcher) -> Response:
    """How long each step takes: median and quartiles in days, and who waits."""
    params = query.model_dump(mode="json", exclude_none=True)
    return await matcher.fetch("GET", "/insights/decision-times", DecisionTimes, params=params)
