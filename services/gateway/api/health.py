"""Is the process alive; can it do its work?"""

from fastapi import APIRouter, Response

from services.gateway.context import Parts
from services.gateway.readiness import readiness
from shared.contracts.health import Liveness, Readiness
from shared.runtime import platform_version

router = APIRouter(tags=["health"])


@router.get("/health", response_model=Liveness)
async def health() -> Liveness:
    """The process answers; says nothing about what it depends on."""
    return Liveness(service="gateway", version=platform_version())


@router.get("/ready", response_model=Readiness, responses={503: {"model": Readiness}})
async def ready(parts: Parts, response: Response) -> Readiness:
    """Each dependency, asked now; 503 unless all are ready."""
    found = await readiness(parts)
    response.status_code = 200 if found.ready else 503
    return found
