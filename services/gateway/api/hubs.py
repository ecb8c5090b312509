"""Profiles that are everyone's neighbour."""

from fastapi import APIRouter
from fastapi.responses import Response

from services.gateway.context import Matcher
from services.gateway.rights import require_role
from shared.contracts.hubs import Hubs
from shared.contracts.principal import Role

router = APIRouter(prefix="/hubs", tags=["organisations"])


@router.get("", response_model=Hubs)
async def list_hubs(matcher: Matcher) -> Response:
    """Organisations near to far more needs than any honest profile; their places are lowered.

    For coordinators and operators. A look at the profile tells whether its texts are stuffed.
    """
    require_role(matcher.reader, Role.COORDINATOR, Role.OPERATOR)
    return await matcher.fetch("GET", "/hubs", Hubs)
