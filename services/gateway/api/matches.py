"""Matches: the review queue, decisions, answers, introductions and their outcomes."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response
from pydantic import BaseModel

from services.gateway import match_disclosure as disclosure
from services.gateway.api.parameters import IDEMPOTENT, IF_MATCH, IF_MATCH_OPTIONAL
from services.gateway.context import Matcher, Parts
from services.gateway.forwarding import Forwarder
from services.gateway.identity.reader import Reader
from services.gateway.match_contacts import contacts_of
from services.gateway.rights import require_own, require_role
from shared.contracts.match_document import Match, MatchComment, MatchContacts, MatchHistory
from shared.contracts.match_queries import MatchListQuery, MatchQuery
from shared.contracts.match_requests import (
    AssignmentRequest,
    BulkDecisionRequest,
    BulkDecisionResult,
    BulkUndoRequest,
    CommentRequest,
    IntroductionRequest,
    MatchDecisionRequest,
    MatchId,
    MatchOutcomeRequest,
    MatchResponseRequest,
    ScoreRequest,
)
from shared.contracts.matches import MatchCounts, MatchPage
from shared.contracts.principal import Role


async def _people(reader: Reader) -> None:
    require_role(reader, Role.MEMBER, Role.COORDINATOR, Role.OPERATOR)


router = APIRouter(tags=["matches"], dependencies=[Depends(_people)])
_ONE = "/matches/{match_id}"
_DECIDED: dict[str, Any] = {"response_model": Match, "openapi_extra": IF_MATCH}
_ANSWERED: dict[str, Any] = {"response_model": Match, "openapi_extra": IF_MATCH_OPTIONAL}
_LONG_SECONDS = 60.0


def _staff(reader: Reader) -> None:
    require_role(reader, Role.COORDINATOR, Role.OPERATOR)


@router.get("/matches", response_model=MatchPage)
async def list_matches(query: Annotated[MatchListQuery, Query()], matcher: Matcher) -> Response:
    """The review queue; members get their own organisation's matches from 'asked' on, and those
    they asked for themselves."""
    params = query.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    return await matcher.fetch("GET", "/matches", MatchPage, disclosure.match_page, params=params)


@router.get("/matches/counts", response_model=MatchCounts)
async def count_matches(query: Annotated[MatchQuery, Query()], matcher: Matcher) -> Response:
    """How many are in each state, under the same filters."""
    params = query.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    return await matcher.fetch("GET", "/matches/counts", MatchCounts, params=params)


@router.post("/matches", status_code=201, response_model=Match, openapi_extra=IDEMPOTENT)
async def ask_for_introduction(body: IntroductionRequest, matcher: Matcher) -> Response:
    """Ask to meet another organisation; coordinators review it. They may name any two."""
    require_own(matcher.reader, body.organisation)
    return await _changed(matcher, "/matches", body)


@router.get(_ONE, response_model=Match)
async def read_match(match_id: MatchId, matcher: Matcher) -> Response:
    """Both organisations, the explanation, what was said; with its ETag."""
    return await matcher.fetch("GET", f"/matches/{match_id}", Match, disclosure.match)


@router.get(f"{_ONE}/history", response_model=MatchHistory)
async def read_history(match_id: MatchId, matcher: Matcher) -> Response:
    """What happened to it, oldest first."""
    path = f"/matches/{match_id}/history"
    return await matcher.fetch("GET", path, MatchHistory, disclosure.match_history)


@router.get(f"{_ONE}/contacts", response_model=MatchContacts)
async def read_contacts(match_id: MatchId, matcher: Matcher, parts: Parts) -> MatchContacts:
    """Both sides' contacts, to both sides alike, once they are introduced."""
    return await contacts_of(matcher, parts.profiles, match_id)


@router.post(f"{_ONE}/decision", **_DECIDED)
async def decide_match(match_id: MatchId, body: MatchDecisionRequest, matcher: Matcher) -> Response:
    """Review, hold, approve, reject, ask both sides, introduce; for coordinators."""
    _staff(matcher.reader)
    return await _changed(matcher, f"/matches/{match_id}/decision", body)


@router.post("/match-decisions", response_model=BulkDecisionResult)
async def decide_matches(body: BulkDecisionRequest, matcher: Matcher) -> Response:
    """The same decision about many, each taken or refused by itself; for coordinators."""
    _staff(matcher.reader)
    return await _many(matcher, "/match-decisions", body)


@router.post("/match-decisions/undo", response_model=BulkDecisionResult)
async def undo_decisions(body: BulkUndoRequest, matcher: Matcher) -> Response:
    """Many decisions are taken back, each by itself; for coordinators."""
    _staff(matcher.reader)
    return await _many(matcher, "/match-decisions/undo", body)


@router.post(f"{_ONE}/undo", **_DECIDED)
async def undo_decision(match_id: MatchId, matcher: Matcher) -> Response:
    """As it was before the last decision, while nobody has been told; for coordinators."""
    _staff(matcher.reader)
    return await _changed(matcher, f"/matches/{match_id}/undo", None)


@router.post(f"{_ONE}/assignment", **_DECIDED)
async def assign_match(match_id: MatchId, body: AssignmentRequest, matcher: Matcher) -> Response:
    """To a coordinator, or to nobody; how many reviewers must agree."""
    _staff(matcher.reader)
    return await _changed(matcher, f"/matches/{match_id}/assignment", body)


@router.post(
    f"{_ONE}/comments", status_code=201, response_model=MatchComment, openapi_extra=IDEMPOTENT
)
async def comment_on_match(match_id: MatchId, body: CommentRequest, matcher: Matcher) -> Response:
    """A remark among coordinators."""
    _staff(matcher.reader)
    content = body.model_dump_json().encode()
    path = f"/matches/{match_id}/comments"
    return await matcher.fetch("POST", path, MatchComment, content=content)


@router.post(f"{_ONE}/scores", response_model=Match)
async def score_match(match_id: MatchId, body: ScoreRequest, matcher: Matcher) -> Response:
    """One's own scores by four criteria; again replaces them. For coordinators."""
    _staff(matcher.reader)
    return await _changed(matcher, f"/matches/{match_id}/scores", body)


@router.post(f"{_ONE}/response", **_ANSWERED)
async def respond_to_match(
    match_id: MatchId, body: MatchResponseRequest, matcher: Matcher
) -> Response:
    """Interested or declined: a member for its side, a coordinator for the side it names."""
    return await _changed(matcher, f"/matches/{match_id}/response", body)


@router.post(f"{_ONE}/outcome", **_ANSWERED)
async def report_match_outcome(
    match_id: MatchId, body: MatchOutcomeRequest, matcher: Matcher
) -> Response:
    """That the two work together, or what became of it."""
    return await _changed(matcher, f"/matches/{match_id}/outcome", body)


async def _changed(matcher: Forwarder, path: str, body: BaseModel | None) -> Response:
    content = body.model_dump_json(exclude_unset=True).encode() if body else None
    return await matcher.fetch("POST", path, Match, disclosure.match, content=content)


async def _many(matcher: Forwarder, path: str, body: BaseModel) -> Response:
    content = body.model_dump_json(exclude_unset=True).encode()
    return await matcher.fetch(
        "POST", path, BulkDecisionResult, content=content, timeout_seconds=_LONG_SECONDS
    )
