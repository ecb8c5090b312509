"""Suggested partners with the reasons, and what a member does about one."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import Field

from services.gateway import disclosure, match_disclosure
from services.gateway.console.page import Page
from services.gateway.console.pages.member_access import Speaking, show
from services.gateway.console.pages.queries import Choice, PageQuery, checked
from services.gateway.console.regions import provinces
from services.gateway.console.translation import sentence
from shared.contracts.base import OrganisationId
from shared.contracts.decisions import (
    DeclinedSuggestionPage,
    PairRecord,
    Reason,
    ResponseRequest,
)
from shared.contracts.match_document import Match
from shared.contracts.match_requests import IntroductionRequest
from shared.contracts.matches import MatchPage, MatchState, MatchSummary
from shared.contracts.organisation import Organisation, OrganisationPage
from shared.contracts.suggestions import SuggestionFilter, SuggestionPage, SuggestionSide
from shared.contracts.why_not import WhyNot
from shared.errors import ProblemError

router = APIRouter(prefix="/console")
_OVER = frozenset({MatchState.CLOSED, MatchState.REJECTED, MatchState.WITHDRAWN})


class SuggestionChoice(SuggestionFilter):
    """The page's filters."""

    side: SuggestionSide = SuggestionSide.MUTUAL
    cursor: str | None = None
    limit: Annotated[int, Field(ge=1, le=50)] = 10


class _Choice(PageQuery):
    """As the form sends them: empty where nothing is chosen."""

    side: Choice = None
    kind: Choice = None
    province: Choice = None
    field: Choice = None
    cursor: str | None = None


@router.get("/suggestions")
async def suggestions(page: Speaking, chosen: Annotated[_Choice, Query()]) -> Response:
    """Partners, best first."""
    wanted = checked(SuggestionChoice, chosen.model_dump(exclude_none=True))
    path = f"/organisations/{page.organisation}/suggestions"
    params = wanted.model_dump(mode="json", exclude_none=True)
    problem, found = None, None
    try:
        found = await page.matcher.get(path, SuggestionPage, disclosure.suggestion_page, **params)
    except ProblemError as error:
        if error.code not in {"not_ready", "not_found"}:
            raise
        problem = error
    known = await _open_matches(page) if found and found.items else {}
    return show(
        page,
        "member/suggestions.html",
        found=found,
        problem=problem,
        chosen=wanted,
        provinces=provinces(page.language),
        reasons=tuple(Reason),
        known=known,
    )


async def _open_matches(page: Page) -> dict[str, MatchSummary]:
    """Those that are under way, by the other side: nobody asks twice."""
    states = ",".join(one for one in MatchState if one not in _OVER)
    try:
        listed = await page.matcher.get(
            "/matches",
            MatchPage,
            match_disclosure.match_page,
            state=states,
            sort="updated",
            limit=200,
        )
    except ProblemError as problem:
        # It is beside the list: without it a second request is refused by the matcher.
        if problem.status < 500:
            raise
        return {}
    sides = [(one, side.id) for one in listed.items for side in one.organisations]
    return {id: one for one, id in sides if id != page.organisation}


@router.get("/suggestions/declined")
async def declined(page: Speaking, cursor: str | None = None) -> Response:
    """Whom the organisation has said no to."""
    path = f"/organisations/{page.organisation}/declined-suggestions"
    found = await page.matcher.get(path, DeclinedSuggestionPage, cursor=cursor, limit=50)
    return show(page, "member/declined.html", found=found)


@router.get("/suggestions/why-not")
async def why_not(
    page: Speaking,
    name: Annotated[str, Query(max_length=200)] = "",
    other: Annotated[str, Query(max_length=64)] = "",
) -> Response:
    """Why somebody is not in the list: by name, or by id."""
    found = None
    if name.strip() and not other:
        listed = await page.profiles.get(
            "/organisations", OrganisationPage, disclosure.organisation_page, text=name, limit=10
        )
        found = [one for one in listed.items if one.id != page.organisation]
        other = found[0].id if len(found) == 1 else ""
    answer = await _why_not(page, other) if other else None
    return show(page, "member/why_not.html", name=name, found=found, answer=answer)


async def _why_not(page: Page, other: str) -> WhyNot:
    path = f"/organisations/{page.organisation}/suggestions/why-not/{other}"
    return await page.matcher.get(path, WhyNot, disclosure.why_not)


@router.post("/suggestions/{other_id}/introduction")
async def ask_for_introduction(other_id: OrganisationId, page: Speaking) -> Response:
    """A match is made, or found; coordinators look at it first."""
    asked = await page.read_form(
        IntroductionRequest, organisation=page.organisation, other=other_id
    )
    match = (await page.matcher.send("POST", "/matches", Match, asked)).found
    said = sentence("You have asked for an introduction. A coordinator looks at it first.")
    return page.redirect(f"/console/introductions/{match.id}", said)


@router.post("/suggestions/{other_id}/response")
async def respond(other_id: OrganisationId, page: Speaking) -> Response:
    """What a member thinks of a suggestion: the ranking learns from it."""
    answer = await page.read_form(ResponseRequest)
    path = f"/organisations/{page.organisation}/suggestions/{other_id}/response"
    await page.matcher.send("POST", path, PairRecord, answer)
    return page.redirect("/console/suggestions", sentence("Thank you. Your answer is noted."))


@router.post("/suggestions/{other_id}/response/removal")
async def take_response_back(other_id: OrganisationId, page: Speaking) -> Response:
    """The other may be suggested again."""
    await page.matcher.act(
        "DELETE", f"/organisations/{page.organisation}/suggestions/{other_id}/response"
    )
    said = sentence("Your answer is taken back. The other may be suggested to you again.")
    return page.redirect("/console/suggestions/declined", said)


@router.get("/partners/{other_id}")
async def partner(other_id: OrganisationId, page: Speaking) -> Response:
    """Another organisation's public profile."""
    if other_id == page.organisation:
        return page.redirect("/console/profile")
    path = f"/organisations/{other_id}"
    found = await page.profiles.get(path, Organisation, disclosure.organisation)
    return show(
        page,
        "member/partner.html",
        found=found,
        known=await _open_matches(page),
        reasons=tuple(Reason),
    )
