"""What an operator asks."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi import Path as PathParameter

from services.matcher.api.use_cases import Current
from shared.contracts.operations import (
    DeadLetterPage,
    IndexStatus,
    Rebuild,
    Reconciliation,
    Replay,
)
from shared.contracts.principal import Principal, Role
from shared.http.principals import Reader, require_role

router = APIRouter()
LetterId = Annotated[int, PathParameter(ge=1, lt=2**63)]


def _operator(reader: Principal) -> None:
    require_role(reader, Role.OPERATOR, Role.SERVICE, reason="this is for operators")


@router.get("/index")
async def index_status(reader: Reader, use_cases: Current) -> IndexStatus:
    """The live collection, what it holds, and how far a rebuild is."""
    require_role(
        reader,
        *(Role.OPERATOR, Role.SERVICE, Role.COORDINATOR, Role.BATCH),
        reason="this is for operators and coordinators",
    )
    return await use_cases.status.read()


@router.post("/index/rebuild", status_code=202)
async def rebuild(reader: Reader, use_cases: Current) -> Rebuild:
    """Begin a rebuild beside the live collection; GET /index tells how far it is."""
    _operator(reader)
    return await use_cases.rebuild.start()


@router.post("/index/reconciliation")
async def reconcile(reader: Reader, use_cases: Current) -> Reconciliation:
    """Compare profiles, snapshots and index both ways, and mend."""
    _operator(reader)
    return await use_cases.reconcile.reconcile()


@router.get("/dead-letters")
async def dead_letters(
    reader: Reader,
    use_cases: Current,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> DeadLetterPage:
    """Changes that could not be taken in, newest first."""
    _operator(reader)
    return await use_cases.letters.page(cursor=cursor, limit=limit)


@router.post("/dead-letters/replay")
async def replay_all(reader: Reader, use_cases: Current) -> Replay:
    """Try all open ones again."""
    _operator(reader)
    return await use_cases.letters.replay_all()


@router.delete("/dead-letters/{letter_id}", status_code=204)
async def dismiss(letter_id: LetterId, reader: Reader, use_cases: Current) -> None:
    """Drop one that there is nothing to do about any more."""
    _operator(reader)
    await use_cases.letters.dismiss(letter_id)


@router.post("/dead-letters/{letter_id}/replay")
async def replay(letter_id: LetterId, reader: Reader, use_cases: Current) -> Replay:
    """Try one again."""
    _operator(reader)
    return await use_cases.letters.replay(letter_id)
