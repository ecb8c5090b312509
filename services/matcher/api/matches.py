"""The queue of matches and what people do with one."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from services.matcher.api.match_requests import (
    Expected,
    Id,
    Key,
    answered,
    coordinators,
    filter_of,
    of_many,
    people,
)
from services.matcher.casework import CurrentCasework
from shared.contracts.match_document import ContactsRight, Match, MatchComment, MatchHistory
from shared.contracts.match_queries import MatchListQuery, MatchQuery
from shared.contracts.match_requests import (
    AssignmentRequest,
    BulkDecisionRequest,
    BulkDecisionResult,
    BulkUndoRequest,
    CommentRequest,
    IntroductionRequest,
    MatchDecisionRequest,
    MatchOutcomeRequest,
    MatchResponseRequest,
    ScoreRequest,
)
from shared.contracts.matches import MatchCounts, MatchPage
from shared.http.language import AskedLanguage
from shared.http.principals import Reader

router = APIRouter()
_ONE = "/matches/{match_id}"


@router.get("/matches")
async def queue(
    reader: Reader, cases: CurrentCasework, query: Annotated[MatchListQuery, Query()]
) -> MatchPage:
    """The queue; members get their own."""
    people(reader)
    wanted = filter_of(query, reader)
    return await cases.matches.listing.page(
        wanted, query.sort, reader, cursor=query.cursor, limit=query.limit
    )


@router.get("/matches/counts")
async def counts(
    reader: Reader, cases: CurrentCasework, query: Annotated[MatchQuery, Query()]
) -> MatchCounts:
    """By state."""
    people(reader)
    return await cases.matches.listing.counts(filter_of(query, reader), reader)


@router.post("/matches", status_code=201)
async def ask_for_introduction(
    body: IntroductionRequest,
    reader: Reader,
    cases: CurrentCasework,
    response: Response,
    key: Key = None,
) -> Match:
    """A member asks to meet another organisation."""
    people(reader)
    match = await cases.matches.requesting.request(body, reader, key)
    response.headers["Location"] = f"/matches/{match.id}"
    return await answered(cases, match.id, reader, response)


@router.get(_ONE)
async def read(match_id: Id, reader: Reader, cases: CurrentCasework, response: Response) -> Match:
    """Everything that this reader may know of it."""
    people(reader)
    return await answered(cases, match_id, reader, response)


@router.get(f"{_ONE}/history")
async def history(match_id: Id, reader: Reader, cases: CurrentCasework) -> MatchHistory:
    """What happened."""
    people(reader)
    return await cases.matches.reading.history(match_id, reader)


@router.get(f"{_ONE}/contacts-right")
async def contacts_right(match_id: Id, reader: Reader, cases: CurrentCasework) -> ContactsRight:
    """Whether this reader may be given both sides' contacts."""
    people(reader)
    return await cases.matches.reading.contacts_right(match_id, reader)


@router.post(f"{_ONE}/decision")
async def decide(
    match_id: Id,
    body: MatchDecisionRequest,
    reader: Reader,
    cases: CurrentCasework,
    expected: Expected,
    response: Response,
) -> Match:
    """A coordinator's decision."""
    coordinators(reader)
    await cases.matches.deciding.decide(match_id, body, reader, expected)
    return await answered(cases, match_id, reader, response)


@router.post("/match-decisions")
async def decide_many(
    body: BulkDecisionRequest, reader: Reader, cases: CurrentCasework, language: AskedLanguage
) -> BulkDecisionResult:
    """The same decision about many."""
    coordinators(reader)
    items = await cases.matches.deciding.decide_many(body, reader, language or "en")
    return of_many(items)


@router.post("/match-decisions/undo")
async def undo_many(
    body: BulkUndoRequest, reader: Reader, cases: CurrentCasework, language: AskedLanguage
) -> BulkDecisionResult:
    """Many decisions are taken back."""
    coordinators(reader)
    return of_many(await cases.matches.deciding.undo_many(body, reader, language or "en"))


@router.post(f"{_ONE}/undo")
async def undo(
    match_id: Id, reader: Reader, cases: CurrentCasework, expected: Expected, response: Response
) -> Match:
    """As it was before the last decision."""
    coordinators(reader)
    await cases.matches.deciding.undo(match_id, reader, expected)
    return await answered(cases, match_id, reader, response)


@router.post(f"{_ONE}/assignment")
async def assign(
    match_id: Id,
    body: AssignmentRequest,
    reader: Reader,
    cases: CurrentCasework,
    expected: Expected,
    response: Response,
) -> Match:
    """To a coordinator, or to nobody."""
    coordinators(reader)
    await cases.matches.caring.assign(match_id, body, reader, expected)
    return await answered(cases, match_id, reader, response)


@router.post(f"{_ONE}/comments", status_code=201)
async def comment(
    match_id: Id, body: CommentRequest, reader: Reader, cases: CurrentCasework, key: Key = None
) -> MatchComment:
    """A remark among coordinators."""
    coordinators(reader)
    return await cases.matches.caring.comment(match_id, body, reader, key)


@router.post(f"{_ONE}/scores")
async def score(
    match_id: Id, body: ScoreRequest, reader: Reader, cases: CurrentCasework, response: Response
) -> Match:
    """One's own scores by the rubric."""
    coordinators(reader)
    await cases.matches.caring.score(match_id, body, reader)
    return await answered(cases, match_id, reader, response)


@router.post(f"{_ONE}/response")
async def respond(
    match_id: Id,
    body: MatchResponseRequest,
    reader: Reader,
    cases: CurrentCasework,
    expected: Expected,
    response: Response,
) -> Match:
    """A side's answer."""
    people(reader)
    await cases.matches.answering.respond(match_id, body, reader, expected)
    return await answered(cases, match_id, reader, response)


@router.post(f"{_ONE}/outcome")
async def report(
    match_id: Id,
    body: MatchOutcomeRequest,
    reader: Reader,
    cases: CurrentCasework,
    expected: Expected,
    response: Response,
) -> Match:
    """How far the two have come."""
    people(reader)
    await cases.matches.answering.report(match_id, body, reader, expected)
    return await answered(cases, match_id, reader, response)
