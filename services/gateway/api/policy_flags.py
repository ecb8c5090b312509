"""What policy screening has found: flags, appeals and coordinators' decisions."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from services.gateway import screening_disclosure as disclosure
from services.gateway.api.parameters import EXPECTED_VERSION, Cursor, Limit
from services.gateway.context import Profiles
from services.gateway.rights import require_own, require_role
from shared.contracts.base import Contract, OrganisationId
from shared.contracts.principal import Role
from shared.contracts.screening import (
    Appeal,
    Clearing,
    FlagId,
    FlagState,
    FoundBy,
    PolicyFlag,
    PolicyFlagPage,
    RuleId,
    Severity,
)

router = APIRouter(prefix="/policy-flags", tags=["screening"])
_ONE = "/{flag_id}"


class FlagQuery(Contract):
    """Narrows the list; all given conditions hold. Without a state, gone ones are left out."""

    organisation: OrganisationId | None = None
    rule: RuleId | None = None
    severity: Severity | None = None
    state: FlagState | None = None
    found_by: FoundBy | None = None
    limit: Limit = 50
    cursor: Cursor = None


@router.get("", response_model=PolicyFlagPage)
async def list_policy_flags(query: Annotated[FlagQuery, Query()], profiles: Profiles) -> Response:
    """Newest first. Members see those of their own organisation."""
    require_role(profiles.reader, Role.MEMBER, Role.COORDINATOR, Role.OPERATOR)
    if query.organisation is not None:
        require_own(profiles.reader, query.organisation)
    params = query.model_dump(mode="json", exclude_none=True)
    return await profiles.fetch(
        "GET", "/policy-flags", PolicyFlagPage, disclosure.policy_flag_page, params=params
    )


@router.get(_ONE, response_model=PolicyFlag)
async def read_policy_flag(flag_id: FlagId, profiles: Profiles) -> Response:
    """One, with the statement's text, its history and its ETag."""
    require_role(profiles.reader, Role.MEMBER, Role.COORDINATOR, Role.OPERATOR)
    return await profiles.fetch(
        "GET", f"/policy-flags/{flag_id}", PolicyFlag, disclosure.policy_flag
    )


@router.post(_ONE + "/appeal", response_model=PolicyFlag, openapi_extra=EXPECTED_VERSION)
async def appeal_policy_flag(flag_id: FlagId, body: Appeal, profiles: Profiles) -> Response:
    """Say why this is not what the rule means (If-Match); for the organisation's members."""
    require_role(profiles.reader, Role.MEMBER)
    content = body.model_dump_json().encode()
    path = f"/policy-flags/{flag_id}/appeal"
    return await profiles.fetch("POST", path, PolicyFlag, disclosure.policy_flag, content=content)


@router.post(_ONE + "/clearing", response_model=PolicyFlag, openapi_extra=EXPECTED_VERSION)
async def clear_policy_flag(flag_id: FlagId, body: Clearing, profiles: Profiles) -> Response:
    """Clear or uphold it with a reason (If-Match); for coordinators. May be changed later."""
    require_role(profiles.reader, Role.COORDINATOR, Role.OPERATOR)
    content = body.model_dump_json().encode()
    path = f"/policy-flags/{flag_id}/clearing"
    return await profiles.fetch("POST", path, PolicyFlag, disclosure.policy_flag, content=content)
