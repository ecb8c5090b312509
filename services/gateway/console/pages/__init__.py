"""The pages, by area."""

from fastapi import APIRouter, Depends, FastAPI

from services.gateway.console.forms import require_own_form
from services.gateway.console.pages import (
    account,
    api_keys,
    audit,
    call_imports,
    call_invitations,
    call_team,
    calls,
    files,
    inbox,
    insights,
    job_schedules,
    jobs,
    learning,
    login,
    matches,
    member_data,
    member_introductions,
    member_policy,
    member_profile,
    member_search,
    member_start,
    member_suggestions,
    notifications,
    organisations,
    pair_constraints,
    people,
    policy_flags,
    provider_login,
    queue,
    status,
    webhooks,
)

_AREAS = (
    login,
    provider_login,
    account,
    member_start,
    member_profile,
    member_suggestions,
    member_introductions,
    member_policy,
    member_search,
    inbox,
    notifications,
    webhooks,
    member_data,
    calls,
    call_team,
    call_invitations,
    call_imports,
    insights,
    job_schedules,
    jobs,
    learning,
    queue,
    matches,
    organisations,
    pair_constraints,
    policy_flags,
    audit,
    people,
    api_keys,
    status,
)


def include_pages(app: FastAPI) -> None:
    """All of them; whatever changes something passes the check of its form first."""
    pages = APIRouter(
        include_in_schema=False,
        redirect_slashes=False,
        dependencies=[Depends(require_own_form)],
    )
    for area in _AREAS:
        pages.include_router(area.router)
    app.include_router(pages)
    app.include_router(files.router)
