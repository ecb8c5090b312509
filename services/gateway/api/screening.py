"""The rules of policy screening, live hints, rescans and the audit trail."""

from fastapi import APIRouter
from fastapi.responses import Response

from services.gateway.api.parameters import Cursor, Limit
from services.gateway.context import Profiles
from services.gateway.rights import require_role
from shared.contracts.principal import Role
from shared.contracts.screening import (
    AuditVerification,
    FlagEventPage,
    RescanStatus,
    ScreeningAnswer,
    ScreeningRequest,
    ScreeningRules,
)

router = APIRouter(tags=["screening"])
_STAFF = (Role.COORDINATOR, Role.OPERATOR)


@router.get("/screening-rules", response_model=ScreeningRules)
async def list_screening_rules(profiles: Profiles) -> Response:
    """What is looked for, where it comes from, and what to write instead."""
    return await profiles.fetch("GET", "/screening-rules", ScreeningRules)


@router.post("/screening/check", response_model=ScreeningAnswer)
async def check_text(body: ScreeningRequest, profiles: Profiles) -> Response:
    """What would be found in a text; it is not stored."""
    content = body.model_dump_json().encode()
    return await profiles.fetch("POST", "/screening/check", ScreeningAnswer, content=content)


@router.get("/screening/rescan", response_model=RescanStatus)
async def read_rescan(profiles: Profiles) -> Response:
    """How many organisations wait to be screened again."""
    require_role(profiles.reader, *_STAFF)
    return await profiles.fetch("GET", "/screening/rescan", RescanStatus)


@router.post("/screening/rescan", response_model=RescanStatus, status_code=202)
async def begin_rescan(profiles: Profiles) -> Response:
    """Screen everything again, in the background; GET tells how far it is."""
    require_role(profiles.reader, *_STAFF)
    return await profiles.fetch("POST", "/screening/rescan", RescanStatus)


@router.get("/screening-audit", response_model=FlagEventPage)
async def list_screening_audit(
    profiles: Profiles, limit: Limit = 50, cursor: Cursor = None
) -> Response:
    """What happened to policy flags, newest first."""
    require_role(profiles.reader, *_STAFF)
    params = {"limit": limit, "cursor": cursor}
    return await profiles.fetch("GET", "/screening-audit", FlagEventPage, params=params)


@router.get("/screening-audit/verification", response_model=AuditVerification)
async def verify_screening_audit(profiles: Profiles) -> Response:
    """Whether every entry is as it was written; names the first that is not."""
    require_role(profiles.reader, *_STAFF)
    return await profiles.fetch("GET", "/screening-audit/verification", AuditVerification)
