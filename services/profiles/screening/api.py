"""Policy flags, their appeals and decisions, the rules and the audit trail, over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from services.profiles.api.requests import (
    Expected,
    decode_cursor,
    encode_cursor,
    malformed_cursor,
)
from services.profiles.preconditions import etag
from services.profiles.screening.flag_store import FlagFilter
from services.profiles.screening.part import Part
from shared.contracts.base import OrganisationId
from shared.contracts.screening import (
    Appeal,
    AuditVerification,
    Clearing,
    FlagEventPage,
    FlagId,
    FlagState,
    FoundBy,
    PolicyFlag,
    PolicyFlagPage,
    RescanStatus,
    RuleId,
    ScreeningAnswer,
    ScreeningRequest,
    ScreeningRules,
    Severity,
)
from shared.http.principals import Reader

router = APIRouter(tags=["screening"])
Limit = Annotated[int, Query(ge=1, le=200)]
Cursor = Annotated[str | None, Query(max_length=200)]


@router.get("/screening-rules")
async def rules(_: Reader, part: Part) -> ScreeningRules:
    """The rules in force."""
    return part.service.rules()


@router.post("/screening/check")
async def check(body: ScreeningRequest, _: Reader, part: Part) -> ScreeningAnswer:
    """What would be found in a text; it is not stored."""
    return part.service.check(body)


@router.get("/screening/rescan")
async def rescan_status(reader: Reader, part: Part) -> RescanStatus:
    """How many organisations wait to be screened."""
    return await part.rescreening.status(reader)


@router.post("/screening/rescan", status_code=202)
async def rescan(reader: Reader, part: Part) -> RescanStatus:
    """Screen everything again, in the background."""
    return await part.rescreening.begin_again(reader)


@router.get("/policy-flags")
async def list_flags(
    reader: Reader,
    part: Part,
    organisation: OrganisationId | None = None,
    rule: RuleId | None = None,
    severity: Severity | None = None,
    state: FlagState | None = None,
    found_by: FoundBy | None = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> PolicyFlagPage:
    """Newest first; a member's own, or all."""
    wanted = FlagFilter(organisation, rule, severity, state, found_by)
    page = await part.service.page(reader, wanted, _number(cursor), limit)
    return page.model_copy(update={"next_cursor": _cursor(page.next_cursor)})


@router.get("/policy-flags/{flag_id}")
async def read_flag(flag_id: FlagId, reader: Reader, part: Part, response: Response) -> PolicyFlag:
    """One flag, with its ETag."""
    return _tagged(await part.service.read(reader, flag_id), response)


@router.post("/policy-flags/{flag_id}/appeal")
async def appeal(
    flag_id: FlagId,
    body: Appeal,
    reader: Reader,
    part: Part,
    expected: Expected,
    response: Response,
) -> PolicyFlag:
    """The organisation disagrees."""
    return _tagged(await part.service.appeal(reader, flag_id, body, expected), response)


@router.post("/policy-flags/{flag_id}/clearing")
async def clear(
    flag_id: FlagId,
    body: Clearing,
    reader: Reader,
    part: Part,
    expected: Expected,
    response: Response,
) -> PolicyFlag:
    """A coordinator clears or upholds it."""
    return _tagged(await part.service.decide(reader, flag_id, body, expected), response)


@router.get("/screening-audit")
async def audit(
    reader: Reader, part: Part, limit: Limit = 50, cursor: Cursor = None
) -> FlagEventPage:
    """What happened to flags, newest first."""
    page = await part.service.audit(reader, _number(cursor), limit)
    return page.model_copy(update={"next_cursor": _cursor(page.next_cursor)})


@router.get("/screening-audit/verification")
async def verify(reader: Reader, part: Part) -> AuditVerification:
    """Whether every entry is as it was written."""
    return await part.service.verify_audit(reader)


def _tagged(flag: PolicyFlag, response: Response) -> PolicyFlag:
    response.headers["ETag"] = etag(flag.version)
    return flag


def _number(cursor: str | None) -> int | None:
    position = decode_cursor(cursor)
    if position is not None and not (position.isdecimal() and len(position) < 18):
        raise malformed_cursor()
    return None if position is None else int(position)


def _cursor(position: str | None) -> str | None:
    return encode_cursor(position) if position else None
