"""The index and the dead letters: for those who run the platform."""

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import Field

from services.gateway.api.parameters import Cursor, Limit
from services.gateway.context import Matcher
from services.gateway.rights import require_role
from shared.contracts.operations import (
    DeadLetterPage,
    IndexStatus,
    Rebuild,
    Reconciliation,
    Replay,
)
from shared.contracts.principal import Role

router = APIRouter(tags=["operations"])
_LONG_SECONDS = 3600.0
LetterId = Annotated[int, Field(ge=1, lt=2**63)]


@router.get("/index", response_model=IndexStatus)
async def read_index(matcher: Matcher) -> Response:
    """What the index holds, and what it has not taken in yet."""
    require_role(matcher.reader, Role.OPERATOR, Role.COORDINATOR, Role.BATCH)
    return await matcher.fetch("GET", "/index", IndexStatus)


@router.post("/index/rebuild", status_code=202, response_model=Rebuild)
async def rebuild_index(matcher: Matcher) -> Response:
    """Begin to build the index anew beside the running one; GET /v1/index tells how far it is."""
    require_role(matcher.reader, Role.OPERATOR)
    return await matcher.fetch("POST", "/index/rebuild", Rebuild)


@router.post("/index/reconciliation", response_model=Reconciliation)
async def reconcile_index(matcher: Matcher) -> Response:
    """Compare the index with the profiles, and mend it."""
    require_role(matcher.reader, Role.OPERATOR)
    return await matcher.fetch(
        "POST", "/index/reconciliation", Reconciliation, timeout_seconds=_LONG_SECONDS
    )


@router.get("/dead-letters", response_model=DeadLetterPage)
async def list_dead_letters(matcher: Matcher, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Changes that could not be taken in, newest first."""
    require_role(matcher.reader, Role.OPERATOR)
    params = {"limit": limit, "cursor": cursor}
    return await matcher.fetch("GET", "/dead-letters", DeadLetterPage, params=params)


@router.post("/dead-letters/replay", response_model=Replay)
async def replay_dead_letters(matcher: Matcher) -> Response:
    """Send all of them again."""
    require_role(matcher.reader, Role.OPERATOR)
    return await matcher.fetch("POST", "/dead-letters/replay", Replay)


@router.delete("/dead-letters/{dead_letter_id}", status_code=204, response_class=Response)
async def dismiss_dead_letter(dead_letter_id: LetterId, matcher: Matcher) -> Response:
    """Drop one that names no organisation, or that was taken in since; others are sent again."""
    require_role(matcher.reader, Role.OPERATOR)
    return await matcher.act("DELETE", f"/dead-letters/{dead_letter_id}")


@router.post("/dead-letters/{dead_letter_id}/replay", response_model=Replay)
async def replay_dead_letter(dead_letter_id: LetterId, matcher: Matcher) -> Response:
    """Send one again."""
    require_role(matcher.reader, Role.OPERATOR)
    return await matcher.fetch("POST", f"/dead-letters/{dead_letter_id}/replay", Replay)
