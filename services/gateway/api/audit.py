"""The audit trail, and whether it is what was written: for coordinators and operators."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from services.gateway.context import Matcher, Parts
from services.gateway.identity.reader import Reader
from services.gateway.rights import require_role
from shared.contracts.audit import Anchor, AuditPage, AuditVerification
from shared.contracts.match_queries import AuditQuery
from shared.contracts.principal import Role


async def _staff(reader: Reader) -> None:
    require_role(reader, Role.COORDINATOR, Role.OPERATOR)


router = APIRouter(tags=["audit"], dependencies=[Depends(_staff)])
_LONG_SECONDS = 120.0


@router.get("/audit", response_model=AuditPage)
async def list_audit(query: Annotated[AuditQuery, Query()], matcher: Matcher) -> Response:
    """Who did what to which match or call, newest first."""
    params = query.model_dump(mode="json", exclude_none=True)
    return await matcher.fetch("GET", "/audit", AuditPage, params=params)


@router.get("/audit/verification", response_model=AuditVerification)
async def verify_audit(matcher: Matcher, anchor: Anchor | None = None) -> Response:
    """Reads the whole trail; names what was edited, and what is missing."""
    return await matcher.fetch(
        "GET",
        "/audit/verification",
        AuditVerification,
        params={"anchor": anchor},
        timeout_seconds=_LONG_SECONDS,
    )


@router.get("/account-audit", response_model=AuditPage)
async def list_account_audit(
    query: Annotated[AuditQuery, Query()], parts: Parts, reader: Reader
) -> AuditPage:
    """Who gave whom which rights, suspended or admitted whom, made or revoked a key."""
    return await parts.accounts.audit.page(query, reader)


@router.get("/account-audit/verification", response_model=AuditVerification)
async def verify_account_audit(
    parts: Parts, reader: Reader, anchor: Anchor | None = None
) -> AuditVerification:
    """The same of the trail of accounts and keys."""
    return await parts.accounts.audit.verify(anchor, reader)
