"""Profiles that are everyone's neighbour."""

from fastapi import APIRouter

from services.matcher.casework import CurrentCasework
from shared.contracts.hubs import Hubs
from shared.contracts.principal import Role
from shared.http.principals import Reader, require_role

router = APIRouter()


@router.get("/hubs")
async def hubs(reader: Reader, cases: CurrentCasework) -> Hubs:
    """For coordinators and operators."""
    require_role(reader, Role.COORDINATOR, Role.OPERATOR, reason="this is for coordinators")
    return Hubs(items=await cases.hubs.most_excessive())
