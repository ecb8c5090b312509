"""Pair constraints, and why an organisation is not suggested."""

from typing import Annotated

from fastapi import APIRouter, Query

from services.matcher.api.use_cases import Current
from services.matcher.service.pair_constraints import NamedPair
from shared.contracts.base import OrganisationId
from shared.contracts.constraints import (
    NewPairConstraint,
    PairConstraint,
    PairConstraintKind,
    PairConstraintPage,
)
from shared.contracts.principal import Principal, Role
from shared.contracts.why_not import WhyNot, WhyNotQuery
from shared.http.principals import Reader, require_role

router = APIRouter(prefix="/organisations/{organisation_id}")


def _coordinator(reader: Principal) -> None:
    require_role(reader, Role.COORDINATOR, Role.OPERATOR, reason="this is for coordinators")


@router.get("/suggestions/why-not/{other_id}")
async def why_not(
    organisation_id: OrganisationId,
    other_id: OrganisationId,
    reader: Reader,
    use_cases: Current,
    query: Annotated[WhyNotQuery, Query()],
) -> WhyNot:
    """Why it is not suggested, as far as the reader may know, or where it stands."""
    return await use_cases.why_not.explain(organisation_id, other_id, query, reader)


@router.get("/pair-constraints")
async def pair_constraints(
    organisation_id: OrganisationId,
    reader: Reader,
    use_cases: Current,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
    other: OrganisationId | None = None,
) -> PairConstraintPage:
    """Those of one organisation, or of a pair."""
    _coordinator(reader)
    return await use_cases.pair_constraints.page(
        organisation_id, cursor=cursor, limit=limit, other=other
    )


@router.put("/pair-constraints/{other_id}/{kind}")
async def put_pair_constraint(
    organisation_id: OrganisationId,
    other_id: OrganisationId,
    kind: PairConstraintKind,
    body: NewPairConstraint,
    reader: Reader,
    use_cases: Current,
) -> PairConstraint:
    """Set or replace it; it holds both ways."""
    _coordinator(reader)
    named = NamedPair(organisation_id, other_id)
    return await use_cases.pair_constraints.put(named, kind, body, reader)


@router.delete("/pair-constraints/{other_id}/{kind}", status_code=204)
async def delete_pair_constraint(
    organisation_id: OrganisationId,
    other_id: OrganisationId,
    kind: PairConstraintKind,
    reader: Reader,
    use_cases: Current,
) -> None:
    """Take it away."""
    _coordinator(reader)
    await use_cases.pair_constraints.remove(NamedPair(organisation_id, other_id), kind, reader)
