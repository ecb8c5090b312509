"""What people decide, and learning from it."""

from typing import Annotated

from fastapi import APIRouter, Header, Query
from fastapi import Path as PathParameter

from services.matcher.api.use_cases import Current
from services.matcher.domain.learning.stored import RecordFilter
from services.matcher.service.pair_constraints import NamedPair
from shared.contracts.base import OrganisationId
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
from shared.contracts.principal import Principal, Role
from shared.errors import ProblemError
from shared.http.principals import Reader, require_role

router = APIRouter()
_PAIR = "/organisations/{organisation_id}/suggestions/{other_id}"
Key = Annotated[str | None, Header(alias="Idempotency-Key", min_length=1, max_length=200)]
Limit = Annotated[int, Query(ge=1, le=200)]
Cursor = Annotated[str | None, Query(max_length=200)]


def _coordinator(reader: Principal) -> None:
    require_role(reader, Role.COORDINATOR, Role.OPERATOR, reason="this is for coordinators")


def _learner(reader: Principal) -> None:
    allowed = (Role.OPERATOR, Role.BATCH, Role.SERVICE)
    require_role(reader, *allowed, reason="this is for operators and batch jobs")


def _reads_runs(reader: Principal) -> None:
    allowed = (Role.COORDINATOR, Role.OPERATOR, Role.BATCH, Role.SERVICE)
    require_role(reader, *allowed, reason="this is for coordinators, operators and batch jobs")


@router.post(f"{_PAIR}/decision", status_code=201)
async def decide(
    organisation_id: OrganisationId,
    other_id: OrganisationId,
    body: DecisionRequest,
    reader: Reader,
    use_cases: Current,
    key: Key = None,
) -> PairRecord:
    """A coordinator's decision."""
    _coordinator(reader)
    return await use_cases.records.keep(NamedPair(organisation_id, other_id), body, reader, key)


@router.post(f"{_PAIR}/response", status_code=201)
async def respond(
    organisation_id: OrganisationId,
    other_id: OrganisationId,
    body: ResponseRequest,
    reader: Reader,
    use_cases: Current,
    key: Key = None,
) -> PairRecord:
    """A member's answer, for its own organisation."""
    if not reader.speaks_for(organisation_id):
        raise ProblemError("own_organisation_only")
    return await use_cases.records.keep(NamedPair(organisation_id, other_id), body, reader, key)


@router.delete(f"{_PAIR}/response", status_code=204)
async def take_response_back(
    organisation_id: OrganisationId,
    other_id: OrganisationId,
    reader: Reader,
    use_cases: Current,
) -> None:
    """A member's no does not stand any more."""
    if not reader.speaks_for(organisation_id):
        raise ProblemError("own_organisation_only")
    await use_cases.declined.take_back(organisation_id, other_id, reader)


@router.get("/organisations/{organisation_id}/declined-suggestions")
async def declined_suggestions(
    organisation_id: OrganisationId,
    reader: Reader,
    use_cases: Current,
    limit: Limit = 50,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
) -> DeclinedSuggestionPage:
    """What it has said no to."""
    return await use_cases.declined.page(organisation_id, reader, cursor=cursor, limit=limit)


@router.post(f"{_PAIR}/outcome", status_code=201)
async def report_outcome(
    organisation_id: OrganisationId,
    other_id: OrganisationId,
    body: OutcomeRequest,
    reader: Reader,
    use_cases: Current,
    key: Key = None,
) -> PairRecord:
    """An introduction that was made, or what has become of it."""
    _coordinator(reader)
    return await use_cases.records.keep(NamedPair(organisation_id, other_id), body, reader, key)


@router.get("/decisions")
async def decisions(
    reader: Reader,
    use_cases: Current,
    organisation: OrganisationId | None = None,
    kind: RecordKind | None = None,
    verdict: Verdict | None = None,
    reason: Reason | None = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> PairRecordPage:
    """All records, newest first."""
    _coordinator(reader)
    wanted = RecordFilter(organisation, kind, verdict, reason)
    return await use_cases.records.page(wanted, cursor=cursor, limit=limit)


@router.get("/organisations/{organisation_id}/responses")
async def own_responses(
    organisation_id: OrganisationId,
    reader: Reader,
    use_cases: Current,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> PairRecordPage:
    """What an organisation has answered to suggestions, for itself; newest first."""
    if not reader.speaks_for(organisation_id):
        raise ProblemError("own_organisation_only")
    wanted = RecordFilter(organisation_id, RecordKind.RESPONSE)
    found = await use_cases.records.page(wanted, cursor=cursor, limit=limit)
    # The filter finds both sides: what others have answered about it is theirs.
    own = (one for one in found.items if one.organisation == organisation_id)
    items = tuple(one.model_copy(update={"snapshot": None}) for one in own)
    return found.model_copy(update={"items": items})


@router.post("/learning-runs", status_code=201)
async def learn(reader: Reader, use_cases: Current) -> LearningRun:
    """Learn now."""
    _learner(reader)
    return await use_cases.learning.learn(reader)


@router.get("/learning-runs")
async def learning_runs(
    reader: Reader, use_cases: Current, limit: Limit = 50, cursor: Cursor = None
) -> LearningRunPage:
    """Runs with their reports, newest first."""
    _reads_runs(reader)
    return await use_cases.learning.page(cursor=cursor, limit=limit)


@router.post("/learning-runs/rollback")
async def roll_back(reader: Reader, use_cases: Current) -> LiveRankingVersion:
    """Answer as before the live ranking."""
    _learner(reader)
    return await use_cases.learning.roll_back(reader)


@router.get("/off-line-evaluation")
async def off_line_evaluation(reader: Reader, use_cases: Current) -> OffLineReport:
    """What the live ranking and the hand-set one would have earned."""
    _reads_runs(reader)
    return await use_cases.off_line.report()


@router.get("/learning-runs/{run_id}")
async def learning_run(
    run_id: Annotated[int, PathParameter(ge=1, lt=2**63)], reader: Reader, use_cases: Current
) -> LearningRun:
    """One run."""
    _reads_runs(reader)
    return await use_cases.learning.get(run_id)
