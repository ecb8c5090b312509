"""Pairs that are kept apart: set and taken away from an organisation's page, or a match's."""

from datetime import date
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import StringConstraints

from services.gateway.console.page import ForCoordinators, Page
from services.gateway.console.pages.login import own_path
from services.gateway.console.translation import sentence
from shared.contracts.base import Contract, OrganisationId, Text
from shared.contracts.constraints import (
    NewPairConstraint,
    PairConstraint,
    PairConstraintKind,
    PairConstraintPage,
)
from shared.errors import ProblemError

router = APIRouter(prefix="/console/organisations/{organisation_id}/constraints")
_MOST = 200


class ConstraintForm(Contract):
    """One of a pair; `back` is the page that the form is on."""

    other: OrganisationId
    kind: PairConstraintKind
    back: str = ""
    reason: Annotated[Text, StringConstraints(min_length=1, max_length=1000)] | None = None
    until: date | None = None


@router.post("")
async def keep_apart(organisation_id: OrganisationId, page: ForCoordinators) -> Response:
    """Set or replace one; it holds both ways."""
    asked = await page.read_form(ConstraintForm)
    said = {"reason": asked.reason, "until": asked.until}
    body = NewPairConstraint.model_validate({name: one for name, one in said.items() if one})
    await page.matcher.send("PUT", _path(organisation_id, asked), PairConstraint, body)
    return page.redirect(own_path(asked.back), sentence("The two are kept apart."))


@router.post("/removal")
async def let_together(organisation_id: OrganisationId, page: ForCoordinators) -> Response:
    """Take one away."""
    asked = await page.read_form(ConstraintForm)
    await page.matcher.act("DELETE", _path(organisation_id, asked))
    said = sentence("The two may be suggested to each other again.")
    return page.redirect(own_path(asked.back), said)


async def constraints_of(
    page: Page, organisation: str, other: str | None = None
) -> PairConstraintPage | None:
    """Of one organisation, or of a pair; None while the matcher is away, or does not know it."""
    path = f"/organisations/{quote(organisation)}/pair-constraints"
    try:
        return await page.matcher.get(path, PairConstraintPage, other=other, limit=_MOST)
    except ProblemError as problem:
        if problem.status in (404, 503, 504):
            return None
        raise


def _path(organisation: str, asked: ConstraintForm) -> str:
    return f"/organisations/{quote(organisation)}/pair-constraints/{asked.other}/{asked.kind.value}"
