"""Is it alive, can it work, and if not, why."""

from fastapi import APIRouter, Request, Response

from services.profiles.process import ProfilesProcess
from shared.contracts.health import Liveness, Readiness
from shared.runtime import platform_version

router = APIRouter(tags=["health"])


@router.get("/health")
async def health() -> Liveness:
    """The process answers, whatever its dependencies do."""
    return Liveness(service="profiles", version=platform_version())


@router.get("/ready")
async def ready(request: Request, response: Response) -> Readiness:
    """Each dependency, asked just now; 503 unless all are ready."""
    process: ProfilesProcess = request.app.state.process
    readiness = await process.readiness()
    response.status_code = 200 if readiness.ready else 503
    return readiness
