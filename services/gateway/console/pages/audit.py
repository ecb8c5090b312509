"""The audit trail: who did what, and whether it is what was written."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from services.gateway.console.page import ForCoordinators, Page
from services.gateway.console.pages.queries import Choice, PageQuery, checked
from shared.contracts import screening
from shared.contracts.audit import AuditPage, AuditVerification
from shared.contracts.match_queries import AuditQuery

router = APIRouter(prefix="/console/audit")
_SECONDS = 120.0


class TrailQuery(PageQuery):
    """What the page's address says."""

    subject_kind: Choice = None
    subject: Choice = None
    actor: Choice = None
    action: Choice = None
    cursor: Choice = None


@router.get("")
async def list_audit(page: ForCoordinators, query: Annotated[TrailQuery, Query()]) -> Response:
    """Newest first."""
    return await _listed(page, query)


@router.post("/verification")
async def verify(page: ForCoordinators) -> Response:
    """Read both trails from their beginning and compare every digest; this takes a moment."""
    answer = await page.matcher.send(
        "GET", "/audit/verification", AuditVerification, timeout_seconds=_SECONDS
    )
    policy = await page.profiles.send(
        "GET",
        "/screening-audit/verification",
        screening.AuditVerification,
        timeout_seconds=_SECONDS,
    )
    return await _listed(page, TrailQuery(), answer.found, policy.found)


async def _listed(
    page: Page,
    query: TrailQuery,
    verified: AuditVerification | None = None,
    policy: screening.AuditVerification | None = None,
) -> Response:
    asked = checked(AuditQuery, query.model_dump(exclude_none=True))
    params = asked.model_dump(mode="json", exclude_none=True)
    found = await page.matcher.get("/audit", AuditPage, None, **params)
    return page.render(
        "coordinator/audit.html",
        query=query,
        found=found,
        verified=verified,
        screened=policy,
        people=await page.parts.accounts.people.named(entry.actor for entry in found.items),
    )
