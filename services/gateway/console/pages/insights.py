"""Insights: the network, gaps, exposure, the way to collaboration and its pace."""

import asyncio
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import BeforeValidator, Field

from services.gateway.console.charts import HEIGHT, WIDTH, line, shade
from services.gateway.console.displays import Displays
from services.gateway.console.labels import label
from services.gateway.console.network_drawing import drawing
from services.gateway.console.page import ForCoordinators, Page
from services.gateway.console.pages.member_access import taxonomy_labels
from services.gateway.console.pages.queries import Choice, PageQuery
from services.gateway.console.regions import countries, provinces
from services.gateway.console.translation import Translator
from shared.contracts.insights import CoverageMap, DecisionTimes, Exposure, Funnel, Network

router = APIRouter(prefix="/console/insights")
_SIZES = (50, 150, 400)
_SHOWN_REGIONS = 14
_EDGE_STATES = (
    *("stated", "suggested", "in_review", "on_hold", "approved", "asked"),
    *("introduced", "collaborating", "closed"),
)


def _empty_is_none(value: object) -> object:
    return None if value == "" else value


Day = Annotated[date | None, BeforeValidator(_empty_is_none)]


class NetworkQuery(PageQuery):
    """Which edges."""

    state: Choice = None
    kind: Choice = None
    limit: Annotated[int, Field(ge=10, le=1000)] = 150


class PeriodQuery(PageQuery):
    """Days of the first suggestion, both included."""

    since: Day = None
    until: Day = None


@router.get("")
async def network(page: ForCoordinators, query: Annotated[NetworkQuery, Query()]) -> Response:
    """Organisations and what joins them."""
    found = await page.matcher.get(
        "/insights/network", Network, state=query.state, kind=query.kind, limit=query.limit
    )
    translator = Translator(page.language)
    shown = Displays(translator, page.parts.console.time_zone, datetime.now(UTC))
    return page.render(
        "insights/network.html",
        found=found,
        query=query,
        drawing=drawing(
            found, shown.name_of, lambda state: str(label(translator, "edge_state", state))
        ),
        names={one.id: one.names for one in found.nodes if one.names},
        states=_EDGE_STATES,
        sizes=_SIZES,
    )


@router.get("/coverage")
async def coverage(page: ForCoordinators, within: Choice = None) -> Response:
    """Fields beside regions: which needs nobody answers."""
    found = await page.matcher.get("/insights/coverage", CoverageMap, within=within or None)
    cells = {(one.field, one.region): one for one in found.cells}
    most = max((one.needs for one in found.cells), default=0)
    parents = {one.code for one in page.parts.taxonomy.fields if one.parent is None}
    return page.render(
        "insights/coverage.html",
        found=found,
        cells=cells,
        regions=found.regions[:_SHOWN_REGIONS],
        more_regions=max(0, len(found.regions) - _SHOWN_REGIONS),
        shade=lambda value: shade(value, most),
        labels=taxonomy_labels(page),
        places=_places(page),
        parents=parents if within is None else set(),
    )


@router.get("/exposure")
async def exposure(page: ForCoordinators) -> Response:
    """Who is suggested how often."""
    found = await page.matcher.get("/insights/exposure", Exposure, limit=50)
    series = {
        kind: line([(one.at, one.name, one.gini) for one in found.moments if one.kind == kind])
        for kind in ("month", "run")
    }
    return page.render(
        "insights/exposure.html",
        found=found,
        series=series,
        width=WIDTH,
        height=HEIGHT,
        most=max((one.suggested for one in found.items), default=1),
    )


@router.get("/funnel")
async def funnel(page: ForCoordinators, query: Annotated[PeriodQuery, Query()]) -> Response:
    """From suggestion to collaboration, and how long the steps take."""
    since, until = _start(page, query.since), _end(page, query.until)
    stages, times = await asyncio.gather(
        page.matcher.get("/insights/funnel", Funnel, since=since, until=until),
        page.matcher.get("/insights/decision-times", DecisionTimes, since=since, until=until),
    )
    longest = max((one.upper_quartile or 0.0 for one in times.steps), default=0.0)
    return page.render(
        "insights/funnel.html", found=stages, times=times, query=query, longest=longest or 1.0
    )


def _start(page: Page, day: date | None) -> str | None:
    """The day's first moment in the platform's zone."""
    if day is None:
        return None
    return datetime.combine(day, time(), page.parts.console.time_zone).isoformat()


def _end(page: Page, day: date | None) -> str | None:
    return None if day is None else _start(page, min(day, date.max - _DAY) + _DAY)


_DAY = timedelta(days=1)


def _places(page: Page) -> dict[str, str]:
    """Names of provinces and countries by their codes."""
    return {**countries(page.language), **provinces(page.language)}
