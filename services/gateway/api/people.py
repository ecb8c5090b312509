"""Accounts of people: read by staff, changed by operators; and links that let them in."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Query, Request, Response
from pydantic import StringConstraints

from services.gateway.accounts.people_store import PeopleFilter
from services.gateway.api.parameters import IF_MATCH, Cursor, Limit
from services.gateway.context import Parts
from services.gateway.identity.reader import Reader
from services.gateway.messages.conditions import etag, expected_version
from services.gateway.rights import require_role
from shared.contracts.accounts import (
    EndedSessions,
    LoginLink,
    LoginLinkRequest,
    Person,
    PersonChange,
    PersonPage,
)
from shared.contracts.base import Contract, OrganisationId, Text
from shared.contracts.principal import Role

router = APIRouter(tags=["people"])


class PeopleQuery(Contract):
    """Which accounts."""

    role: Role | None = None
    organisation: OrganisationId | None = None
    waiting: bool | None = None
    """Those who have asked to speak for an organisation."""
    text: Annotated[Text, StringConstraints(min_length=1, max_length=200)] | None = None
    limit: Limit = 50
    cursor: Cursor = None


@router.get("/people", response_model=PersonPage)
async def list_people(
    query: Annotated[PeopleQuery, Query()], parts: Parts, reader: Reader
) -> PersonPage:
    """Accounts by e-mail, for coordinators and operators."""
    which = PeopleFilter(query.role, query.organisation, query.waiting, query.text)
    people = parts.accounts.people
    return await people.page(which, reader, limit=query.limit, cursor=query.cursor)


@router.patch("/people/{person_id}", response_model=Person, openapi_extra=IF_MATCH)
async def change_person(
    person_id: UUID,
    body: PersonChange,
    parts: Parts,
    reader: Reader,
    response: Response,
    if_match: Annotated[str | None, Header()] = None,
) -> Person:
    """Rights, name, suspension; for operators."""
    require_role(reader, Role.OPERATOR)
    people = parts.accounts.people
    person = await people.change(person_id, body, expected_version(if_match), reader)
    response.headers["ETag"] = etag(person.version)
    return person


@router.post("/people/{person_id}/sessions/end", response_model=EndedSessions)
async def end_sessions(person_id: UUID, parts: Parts, reader: Reader) -> EndedSessions:
    """Log a person out everywhere; for operators."""
    require_role(reader, Role.OPERATOR)
    return EndedSessions(ended=await parts.accounts.sessions.end_all(person_id))


@router.post("/login-links", status_code=201, response_model=LoginLink)
async def make_login_link(
    body: LoginLinkRequest, request: Request, parts: Parts, reader: Reader
) -> LoginLink:
    """A one-time link for a person, whose account is made where there is none; for operators."""
    require_role(reader, Role.OPERATOR)
    made = await parts.accounts.entering.make_link(body, reader)
    base = (parts.settings.public_url or str(request.base_url)).rstrip("/")
    return LoginLink(
        url=f"{base}/console/enter?link={made.secret}",
        email=made.person.email,
        role=made.person.role,
        expires_at=made.expires_at,
    )
