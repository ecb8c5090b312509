"""Two organisations that are not to be suggested to each other: for coordinators."""

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from services.gateway.api.parameters import Cursor, Limit
from services.gateway.context import Matcher
from services.gateway.identity.reader import Reader
from services.gateway.rights import require_role
from shared.contracts.base import OrganisationId
from shared.contracts.constraints import (
    NewPairConstraint,
    PairConstraint,
    PairConstraintKind,
    PairConstraintPage,
)
from shared.contracts.principal import Role


async def _coordinator(reader: Reader) -> None:
    require_role(reader, Role.COORDINATOR, Role.OPERATOR)


router = APIRouter(
    prefix="/organisations/{organisation_id}/pair-constraints",
    tags=["matching"],
    dependencies=[Depends(_coordinator)],
)
_ONE = "/{other_id}/{kind}"


@router.get("", response_model=PairConstraintPage)
async def list_pair_constraints(
    organisation_id: OrganisationId,
    matcher: Matcher,
    limit: Limit = 50,
    cursor: Cursor = None,
    other: OrganisationId | None = None,
) -> Response:
    """Of one organisation, or of it and one other: who set them, when, why, until when."""
    path = f"/organisations/{organisation_id}/pair-constraints"
    params = {"limit": limit, "cursor": cursor, "other": other}
    return await matcher.fetch("GET", path, PairConstraintPage, params=params)


@router.put(_ONE, response_model=PairConstraint)
async def set_pair_constraint(
    organisation_id: OrganisationId,
    other_id: OrganisationId,
    kind: PairConstraintKind,
    body: NewPairConstraint,
    matcher: Matcher,
) -> Response:
    """Set or replace one; it holds both ways, from the next list of suggestions on."""
    return await matcher.fetch(
        "PUT",
        _path(organisation_id, other_id, kind),
        PairConstraint,
        content=body.model_dump_json(exclude_unset=True).encode(),
    )


@router.delete(_ONE, status_code=204, response_class=Response)
async def remove_pair_constraint(
    organisation_id: OrganisationId,
    other_id: OrganisationId,
    kind: PairConstraintKind,
    matcher: Matcher,
) -> Response:
    """Take it away."""
    return await matcher.act("DELETE", _path(organisation_id, other_id, kind))


def _path(organisation_id: str, other_id: str, kind: PairConstraintKind) -> str:
    return f"/organisations/{organisation_id}/pair-constraints/{other_id}/{kind.value}"
