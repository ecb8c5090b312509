"""Accounts: who may do what, who asks to join, links, log out everywhere."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response

from services.gateway.accounts.entering import LINK_LIFETIME
from services.gateway.accounts.people_store import PeopleFilter
from services.gateway.console.page import ForCoordinators, ForOperators, Page
from services.gateway.console.pages.queries import Choice, PageQuery
from services.gateway.console.translation import sentence
from shared.contracts.accounts import LoginLinkRequest, PersonChange
from shared.contracts.base import Contract, OrganisationId
from shared.contracts.principal import Role
from shared.errors import ProblemError

router = APIRouter(prefix="/console/people")
_MINUTES = int(LINK_LIFETIME.total_seconds() // 60)
_ROLES = (Role.MEMBER, Role.COORDINATOR, Role.OPERATOR)


class PeopleQuery(PageQuery):
    """What the page's address says."""

    text: Choice = None
    role: Choice = None
    waiting: Choice = None
    cursor: Choice = None


class RightsForm(Contract):
    """Role and organisation of an account, as they were read at `version`."""

    version: int
    role: Role
    organisation: OrganisationId | None = None


class WishForm(Contract):
    """A coordinator's answer to a wish to speak for an organisation."""

    organisation: OrganisationId
    admit: bool = False


@router.get("")
async def list_people(page: ForCoordinators, query: Annotated[PeopleQuery, Query()]) -> Response:
    """By e-mail; those who wait for an answer are counted on top."""
    return await _listed(page, query)


@router.post("")
async def invite(page: ForOperators) -> Response:
    """Make an account, or give one other rights, and show a link for it once."""
    try:
        wish = await page.read_form(LoginLinkRequest)
        made = await page.parts.accounts.entering.make_link(wish, page.reader)
    except ProblemError as problem:
        return await _listed(page, PeopleQuery(), problem=problem)
    base = str(page.parts.settings.public_url or page.request.base_url).rstrip("/")
    link = f"{base}/console/enter?link={made.secret}"
    return await _listed(page, PeopleQuery(), link=link, email=made.person.email)


@router.post("/{person_id}/wish")
async def answer_wish(person_id: UUID, page: ForCoordinators) -> Response:
    """Admit or refuse somebody who wants to speak for an organisation."""
    asked = await page.read_form(WishForm)
    people = page.parts.accounts.people
    await people.answer_wish(person_id, asked.organisation, page.reader, admit=asked.admit)
    said = sentence("Admitted.") if asked.admit else sentence("Refused.")
    return page.redirect("/console/people", said)


@router.post("/{person_id}/rights")
async def change_rights(person_id: UUID, page: ForOperators) -> Response:
    """Another role, another organisation."""
    asked = await page.read_form(RightsForm)
    change = PersonChange(role=asked.role, organisation=asked.organisation)
    await page.parts.accounts.people.change(person_id, change, asked.version, page.reader)
    return page.redirect("/console/people", sentence("The rights are changed."))


@router.post("/{person_id}/suspension")
async def suspend(person_id: UUID, page: ForOperators) -> Response:
    """Let somebody in no more, or again."""
    suspended = (await page.form()).get("suspended") == "yes"
    change = PersonChange(suspended=suspended)
    await page.parts.accounts.people.change(person_id, change, None, page.reader)
    said = sentence("The account is suspended.") if suspended else sentence("It may log in again.")
    return page.redirect("/console/people", said)


@router.post("/{person_id}/sessions/end")
async def end_sessions(person_id: UUID, page: ForOperators) -> Response:
    """Log somebody out everywhere."""
    ended = await page.parts.accounts.sessions.end_all(person_id)
    return page.redirect("/console/people", sentence("{count} sessions ended."), count=ended)


async def _listed(
    page: Page,
    query: PeopleQuery,
    *,
    link: str | None = None,
    email: str | None = None,
    problem: ProblemError | None = None,
) -> Response:
    role = Role(query.role) if query.role in set(_ROLES) else None
    which = PeopleFilter(role=role, waiting=True if query.waiting else None, text=query.text)
    people = page.parts.accounts.people
    found = await people.page(which, page.reader, limit=50, cursor=query.cursor)
    waiting = await people.page(PeopleFilter(waiting=True), page.reader, limit=50, cursor=None)
    return page.render(
        "coordinator/people.html",
        status=problem.status if problem else 200,
        query=query,
        found=found,
        waiting=waiting.items,
        roles=_ROLES,
        link=link,
        email=email,
        minutes=_MINUTES,
        problem=problem,
        may_change=page.reader.role is Role.OPERATOR,
    )
