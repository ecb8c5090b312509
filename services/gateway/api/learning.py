"""What people decide about suggestions, and learning from it."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import BaseModel, Field

from services.gateway.api.parameters import IDEMPOTENT, Cursor, Limit
from services.gateway.context import Matcher
from services.gateway.forwarding import Forwarder
from services.gateway.rights import require_own, require_role
from shared.contracts.base import Contract, OrganisationId
from shared.contracts.decisions import (
    DecisionRequest,
    DeclinedSuggestionPage,
    OutcomeRequest,
    PairRecord,
    PairRecordPage,
    Reason,
    RecordKind,
    ResponseRequest,
    Verdict,
)
from shared.contracts.learning import (
    LearningRun,
    LearningRunPage,
    LiveRankingVersion,
    OffLineReport,
)
from shared.contracts.principal import Role
from shared.errors import ProblemError

router = APIRouter(tags=["learning"])
_PAIR = "/organisations/{organisation_id}/suggestions/{other_id}"
_DECLINED = "/organisations/{organisation_id}/declined-suggestions"
_LONG_SECONDS = 3600.0
_KEPT: dict[str, Any] = {"status_code": 201, "response_model": PairRecord}


class DecisionQuery(Contract):
    """Which records."""

    organisation: OrganisationId | None = None
    kind: RecordKind | None = None
    verdict: Verdict | None = None
    reason: Reason | None = None
    limit: Limit = 50
    cursor: Cursor = None


@router.post(f"{_PAIR}/decision", openapi_extra=IDEMPOTENT, **_KEPT)
async def decide(
    organisation_id: OrganisationId,
    other_id: OrganisationId,
    body: DecisionRequest,
    matcher: Matcher,
) -> Response:
    """Approve or reject a suggestion, for coordinators; a later decision takes its place."""
    require_role(matcher.reader, Role.COORDINATOR, Role.OPERATOR)
    return await _keep(matcher, organisation_id, other_id, "decision", body)


@router.post(f"{_PAIR}/response", openapi_extra=IDEMPOTENT, **_KEPT)
async def respond(
    organisation_id: OrganisationId,
    other_id: OrganisationId,
    body: ResponseRequest,
    matcher: Matcher,
) -> Response:
    """Say that one's organisation is interested, or not, and why."""
    if not matcher.reader.speaks_for(organisation_id):
        raise ProblemError("own_organisation_only")
    return await _keep(matcher, organisation_id, other_id, "response", body)


@router.delete(f"{_PAIR}/response", status_code=204, response_class=Response)
async def take_response_back(
    organisation_id: OrganisationId, other_id: OrganisationId, matcher: Matcher
) -> Response:
    """Take back one's organisation's no: the other may be suggested again at once."""
    if not matcher.reader.speaks_for(organisation_id):
        raise ProblemError("own_organisation_only")
    path = f"/organisations/{organisation_id}/suggestions/{other_id}/response"
    return await matcher.act("DELETE", path)


@router.get(_DECLINED, response_model=DeclinedSuggestionPage)
async def list_declined_suggestions(
    organisation_id: OrganisationId, matcher: Matcher, limit: Limit = 50, cursor: Cursor = None
) -> Response:
    """What the organisation has said no to, why, and until when it stays away."""
    require_own(matcher.reader, organisation_id)
    path = f"/organisations/{organisation_id}/declined-suggestions"
    params = {"limit": limit, "cursor": cursor}
    return await matcher.fetch("GET", path, DeclinedSuggestionPage, params=params)


@router.post(f"{_PAIR}/outcome", openapi_extra=IDEMPOTENT, **_KEPT)
async def report_outcome(
    organisation_id: OrganisationId,
    other_id: OrganisationId,
    body: OutcomeRequest,
    matcher: Matcher,
) -> Response:
    """Say that a pair was introduced, works together, or that it is over."""
    require_role(matcher.reader, Role.COORDINATOR, Role.OPERATOR)
    return await _keep(matcher, organisation_id, other_id, "outcome", body)


@router.get("/decisions", response_model=PairRecordPage)
async def list_decisions(query: Annotated[DecisionQuery, Query()], matcher: Matcher) -> Response:
    """What was decided, answered and achieved, with what the suggestion was; newest first."""
    require_role(matcher.reader, Role.COORDINATOR, Role.OPERATOR)
    params = query.model_dump(mode="json", exclude_none=True)
    return await matcher.fetch("GET", "/decisions", PairRecordPage, params=params)


@router.post("/learning-runs", status_code=201, response_model=LearningRun)
async def learn(matcher: Matcher) -> Response:
    """Learn from the decisions; goes live only where no figure gets worse."""
    require_role(matcher.reader, Role.OPERATOR, Role.BATCH)
    return await matcher.fetch("POST", "/learning-runs", LearningRun, timeout_seconds=_LONG_SECONDS)


@router.get("/learning-runs", response_model=LearningRunPage)
async def list_learning_runs(
    matcher: Matcher, limit: Limit = 50, cursor: Cursor = None
) -> Response:
    """Runs with their reports, newest first."""
    require_role(matcher.reader, Role.COORDINATOR, Role.OPERATOR, Role.BATCH)
    params = {"limit": limit, "cursor": cursor}
    return await matcher.fetch("GET", "/learning-runs", LearningRunPage, params=params)


@router.post("/learning-runs/rollback", response_model=LiveRankingVersion)
async def roll_back(matcher: Matcher) -> Response:
    """Answer as before the live ranking."""
    require_role(matcher.reader, Role.OPERATOR, Role.BATCH)
    return await matcher.fetch("POST", "/learning-runs/rollback", LiveRankingVersion)


@router.get("/off-line-evaluation", response_model=OffLineReport)
async def judge_off_line(matcher: Matcher) -> Response:
    """What the live ranking and the hand-set one would have earned, by explored places."""
    require_role(matcher.reader, Role.COORDINATOR, Role.OPERATOR, Role.BATCH)
    return await matcher.fetch("GET", "/off-line-evaluation", OffLineReport)


@router.get("/learning-runs/{run_id}", response_model=LearningRun)
async def read_learning_run(
    run_id: Annotated[int, Field(ge=1, lt=2**63)], matcher: Matcher
) -> Response:
    """One run with its report."""
    require_role(matcher.reader, Role.COORDINATOR, Role.OPERATOR, Role.BATCH)
    return await matcher.fetch("GET", f"/learning-runs/{run_id}", LearningRun)


async def _keep(
    matcher: Forwarder, organisation: str, other: str, what: str, body: BaseModel
) -> Response:
    path = f"/organisations/{organisation}/suggestions/{other}/{what}"
    content = body.model_dump_json(exclude_unset=True).encode()
    return await matcher.fetch("POST", path, PairRecord, content=content)
