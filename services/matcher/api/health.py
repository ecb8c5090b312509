"""Liveness and readiness; they need no token and tell nothing private."""

from fastapi import APIRouter, Request, Response

from services.matcher.api.readiness import ReadinessProbes
from shared.contracts.health import Liveness, Readiness
from shared.runtime import platform_version

router = APIRouter()


@router.get("/health")
async def health() -> Liveness:
    """The process answers."""
    return Liveness(service="matcher", version=platform_version())


@router.get("/ready")
async def ready(request: Request, response: Response) -> Readiness:
    """Each dependency, asked just now; 503 unless all are there."""
    probes: ReadinessProbes = request.app.state.readiness
    answer = await probes.ask()
    response.status_code = 200 if answer.ready else 503
    return answer
