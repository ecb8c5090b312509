"""The public routes."""

from fastapi import APIRouter, FastAPI

from services.gateway.api import (
    api_keys,
    audit,
    call_imports,
    calls,
    clarity,
    consortia,
    docs,
    events,
    exports,
    health,
    hubs,
    imports,
    inbox,
    insights,
    learning,
    look_alikes,
    matches,
    me,
    operations,
    organisations,
    pair_constraints,
    people,
    policy_flags,
    profile_drafts,
    rematch,
    saved_searches,
    screening,
    suggestions,
    taxonomy,
    webhooks,
)
from shared.contracts.problems import Problem

_PROBLEM = {"model": Problem, "description": "Problem details (RFC 9457)"}
_VERSIONED = (
    organisations,
    hubs,
    look_alikes,
    imports,
    exports,
    suggestions,
    clarity,
    profile_drafts,
    pair_constraints,
    policy_flags,
    screening,
    matches,
    audit,
    learning,
    consortia,
    calls,
    call_imports,
    insights,
    rematch,
    operations,
    taxonomy,
    me,
    api_keys,
    people,
    inbox,
    saved_searches,
    webhooks,
    events,
)


def include_routes(app: FastAPI) -> None:
    """All routes; those under /v1 need a credential."""
    version = APIRouter(
        prefix="/v1", responses={"4XX": _PROBLEM, "5XX": _PROBLEM}, redirect_slashes=False
    )
    for module in _VERSIONED:
        version.include_router(module.router)
    app.include_router(version)
    app.include_router(health.router)
    app.include_router(docs.router)
