"""Organisations whose names read alike."""

from fastapi import APIRouter
from fastapi.responses import Response

from services.gateway.context import Profiles
from services.gateway.rights import require_role
from shared.contracts.look_alikes import LookAlikes
from shared.contracts.principal import Role

router = APIRouter(prefix="/look-alikes", tags=["organisations"])


@router.get("", response_model=LookAlikes)
async def list_look_alikes(profiles: Profiles) -> Response:
    """Organisations registered twice, or posing as others by look-alike characters.

    For coordinators and operators. Suggestions are not changed by it: who is who, they decide.
    """
    require_role(profiles.reader, Role.COORDINATOR, Role.OPERATOR)
    return await profiles.fetch("GET", "/look-alikes", LookAlikes)
