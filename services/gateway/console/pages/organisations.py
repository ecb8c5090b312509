"""Organisations as coordinators see them: search, completeness, clarity of needs, "why not?"."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query
from fastapi.responses import RedirectResponse, Response

from services.gateway import disclosure, match_disclosure, screening_disclosure
from services.gateway.console.completeness import completeness
from services.gateway.console.page import ForCoordinators, Page
from services.gateway.console.pages.pair_constraints import constraints_of
from services.gateway.console.pages.queries import Choice, PageQuery
from services.gateway.console.regions import countries, provinces
from services.gateway.console.translation import sentence
from shared.contracts.base import OrganisationId
from shared.contracts.clarity import OrganisationClarity
from shared.contracts.look_alikes import LookAlikes
from shared.contracts.match_document import Match
from shared.contracts.match_requests import IntroductionRequest
from shared.contracts.organisation import (
    Organisation,
    OrganisationBatch,
    OrganisationIds,
    OrganisationPage,
    OrganisationSummary,
    Status,
)
from shared.contracts.screening import PolicyFlagPage
from shared.contracts.suggestions import SuggestionPage
from shared.contracts.why_not import WhyNot
from shared.errors import ProblemError

router = APIRouter(prefix="/console/organisations")
_ROWS = 25


class OrganisationsQuery(PageQuery):
    """What the page's address says; the service checks it again."""

    text: Choice = None
    kind: Choice = None
    country: Choice = None
    province: Choice = None
    field: Choice = None
    status: Choice = None
    cursor: Choice = None


@router.get("")
async def list_organisations(
    page: ForCoordinators, query: Annotated[OrganisationsQuery, Query()]
) -> Response:
    """By id, with how complete each profile is."""
    params = {**query.model_dump(exclude_none=True), "limit": _ROWS}
    found = await page.profiles.get(
        "/organisations", OrganisationPage, disclosure.organisation_page, **params
    )
    return page.render(
        "coordinator/organisations.html",
        query=query,
        found=found,
        complete=await _completeness(page, found) if query.status != Status.WITHDRAWN else {},
        fields=list(_field_names(page).items()),
        countries=countries(page.language).items(),
        provinces=provinces(page.language).items(),
    )


@router.get("/look-alikes")
async def list_look_alikes(page: ForCoordinators) -> Response:
    """Organisations whose names read alike."""
    found = await page.profiles.get("/look-alikes", LookAlikes)
    return page.render("coordinator/look_alikes.html", found=found)


@router.get("/{organisation_id}")
async def read_organisation(organisation_id: OrganisationId, page: ForCoordinators) -> Response:
    """Its profile; what it needs and how clearly it says so; flags; best partners."""
    path = f"/organisations/{quote(organisation_id)}"
    found = await page.profiles.get(path, Organisation, disclosure.organisation)
    flags = await page.profiles.get(
        "/policy-flags",
        PolicyFlagPage,
        screening_disclosure.policy_flag_page,
        organisation=organisation_id,
        limit=20,
    )
    clarity = await _or_none(page, f"{path}/clarity")
    return page.render(
        "coordinator/organisation.html",
        found=found,
        complete=completeness(found),
        constraints=await constraints_of(page, organisation_id),
        clarity={one.id: one.clarity for one in clarity.items} if clarity else None,
        flags=flags.items,
        field_names=_field_names(page),
    )


@router.get("/{organisation_id}/partners")
async def show_partners(organisation_id: OrganisationId, page: ForCoordinators) -> Response:
    """The best partners, as a piece of the organisation's page: computing them takes a moment."""
    path = f"/organisations/{quote(organisation_id)}/suggestions"
    found = await page.matcher.get(path, SuggestionPage, disclosure.suggestion_page, limit=10)
    return page.fragment("coordinator/partners.html", found=found)


@router.get("/{organisation_id}/others")
async def find_other(
    organisation_id: OrganisationId,
    page: ForCoordinators,
    name: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """Organisations of a name, to bring one together with this one or to ask why it is absent."""
    path = f"/organisations/{quote(organisation_id)}"
    own = await page.profiles.get(path, Organisation, disclosure.organisation)
    found: tuple[OrganisationSummary, ...] = ()
    if name.strip():
        listed = await page.profiles.get(
            "/organisations", OrganisationPage, disclosure.organisation_page, text=name, limit=20
        )
        found = tuple(one for one in listed.items if one.id != organisation_id)
    return page.render("coordinator/others.html", own=own, name=name, found=found)


@router.post("/{organisation_id}/matches")
async def bring_together(organisation_id: OrganisationId, page: ForCoordinators) -> Response:
    """Propose a match of the two; it waits in the queue as others do."""
    asked = await page.read_form(IntroductionRequest, organisation=organisation_id)
    answer = await page.matcher.send("POST", "/matches", Match, asked, match_disclosure.match)
    said = sentence("The two are proposed: the match is in the review queue.")
    return page.redirect(f"/console/matches/{answer.found.id}", said)


@router.get("/{organisation_id}/why-not")
async def explain_absence(
    organisation_id: OrganisationId, page: ForCoordinators, other: str = ""
) -> Response:
    """Why another organisation is not suggested to this one."""
    own = f"/console/organisations/{quote(organisation_id)}"
    if not other.strip():
        return RedirectResponse(own, status_code=302)
    path = f"/organisations/{quote(organisation_id)}/suggestions/why-not/{quote(other.strip())}"
    found = await page.matcher.get(path, WhyNot, disclosure.why_not)
    asker = await page.profiles.get(
        f"/organisations/{quote(organisation_id)}", Organisation, disclosure.organisation
    )
    return page.render("coordinator/why_not.html", found=found, asker=asker)


def _field_names(page: Page) -> dict[str, str]:
    """By code, in the reader's language."""
    return {one.code: getattr(one, page.language) for one in page.parts.taxonomy.fields}


async def _or_none(page: Page, path: str) -> OrganisationClarity | None:
    """The matcher may be away, or may not know it yet: the profile is shown without clarity."""
    try:
        return await page.matcher.get(path, OrganisationClarity, disclosure.organisation_clarity)
    except ProblemError as problem:
        if problem.status in (404, 503, 504):
            return None
        raise


async def _completeness(page: Page, found: OrganisationPage) -> dict[str, float]:
    """Of the rows, by one read of all their profiles."""
    ids = OrganisationIds(ids=tuple(row.id for row in found.items))
    answer = await page.profiles.send("POST", "/organisations/batch-read", OrganisationBatch, ids)
    read = (one for one in answer.found.items if isinstance(one, Organisation))
    return {one.id: completeness(one).share for one in read}
