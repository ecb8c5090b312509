"""The audit trail."""

from typing import Annotated

from fastapi import APIRouter, Query

from services.matcher.api.match_requests import coordinators
from services.matcher.casework import CurrentCasework
from shared.audit_entries import AuditFilter
from shared.contracts.audit import Anchor, AuditPage, AuditVerification
from shared.contracts.match_queries import AuditQuery
from shared.http.principals import Reader

router = APIRouter()


@router.get("/audit")
async def trail(
    reader: Reader, cases: CurrentCasework, query: Annotated[AuditQuery, Query()]
) -> AuditPage:
    """Newest first."""
    coordinators(reader)
    wanted = AuditFilter(query.subject_kind, query.subject, query.actor, query.action, query.since)
    return await cases.matches.audit.page(wanted, cursor=query.cursor, limit=query.limit)


@router.get("/audit/verification")
async def verification(
    reader: Reader, cases: CurrentCasework, anchor: Anchor | None = None
) -> AuditVerification:
    """Whether the trail is what was written."""
    coordinators(reader)
    return await cases.matches.audit.verify(anchor)
