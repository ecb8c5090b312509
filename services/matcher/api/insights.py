"""Figures about the platform, for coordinators."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from pydantic import AwareDatetime

from services.matcher.casework import CurrentCasework
from services.matcher.insight_store import EdgeFilter, Period
from shared.contracts.insights import CoverageMap, DecisionTimes, Exposure, Funnel, Network
from shared.contracts.matches import MatchState
from shared.contracts.organisation import FieldCode, Kind
from shared.contracts.principal import Role
from shared.http.principals import Reader, require_role


async def _coordinator(reader: Reader) -> None:
    require_role(reader, Role.COORDINATOR, Role.OPERATOR, reason="this is for coordinators")


async def _period(since: AwareDatetime | None = None, until: AwareDatetime | None = None) -> Period:
    return Period(since, until)


router = APIRouter(prefix="/insights", dependencies=[Depends(_coordinator)])
During = Annotated[Period, Depends(_period)]


@router.get("/network")
async def network(
    cases: CurrentCasework,
    state: MatchState | Literal["stated"] | None = None,
    kind: Kind | None = None,
    limit: Annotated[int, Query(ge=10, le=1000)] = 150,
) -> Network:
    """The strongest edges between organisations."""
    wanted = EdgeFilter(str(state) if state else None, kind.value if kind else None)
    return await cases.insights.read.network(wanted, limit)


@router.get("/coverage")
async def coverage(cases: CurrentCasework, within: FieldCode | None = None) -> CoverageMap:
    """Which needs nobody answers, by field and region."""
    return await cases.insights.read.coverage(within)


@router.get("/exposure")
async def exposure(
    cases: CurrentCasework, limit: Annotated[int, Query(ge=1, le=500)] = 50
) -> Exposure:
    """Who is suggested how often."""
    return await cases.insights.read.exposure(limit)


@router.get("/funnel")
async def funnel(cases: CurrentCasework, period: During) -> Funnel:
    """From suggestion to collaboration."""
    return await cases.insights.read.funnel(period)


@router.get("/decision-times")
async def decision_times(cases: CurrentCasework, period: During) -> DecisionTimes:
    """How long the steps took."""
    return await cases.insights.read.decision_times(period)
