"""The match page: both organisations, what joins them, and everything a coordinator does."""

from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import BaseModel

from services.gateway import match_disclosure as disclosure
from services.gateway.console.page import ForCoordinators, Page
from services.gateway.console.pages.login import own_path
from services.gateway.console.pages.pair_constraints import constraints_of
from services.gateway.console.pairing import columns
from services.gateway.console.translation import sentence
from services.gateway.forwarding import Forwarder
from services.gateway.match_contacts import contacts_of
from shared.contracts.base import Contract, Line, Text
from shared.contracts.decisions import Reason
from shared.contracts.match_document import Match, MatchComment, MatchContacts
from shared.contracts.match_requests import (
    AssignmentRequest,
    CommentRequest,
    Decision,
    MatchDecisionRequest,
    MatchId,
    MatchOutcome,
    MatchOutcomeRequest,
    MatchResponseRequest,
    RubricScores,
    ScoreRequest,
)
from shared.errors import ProblemError

router = APIRouter(prefix="/console/matches/{match_id}")
_DECIDED = {
    Decision.REVIEW: sentence("Taken up."),
    Decision.HOLD: sentence("Put on hold."),
    Decision.APPROVE: sentence("Approved. Both sides are asked when the time to undo is over."),
    Decision.REJECT: sentence("Rejected."),
    Decision.ASK: sentence("Both sides are asked."),
    Decision.INTRODUCE: sentence("Introduced: both sides see each other's contacts."),
}
_REPORTED = (
    MatchOutcome.SUCCEEDED,
    MatchOutcome.NO_AGREEMENT,
    MatchOutcome.UNREACHABLE,
    MatchOutcome.OTHER,
)


class DecisionForm(MatchDecisionRequest):
    """A decision on the version that was read."""

    version: int


class AssignmentForm(Contract):
    """An empty assignee gives the case back."""

    version: int
    assignee: Line | None = None
    reviewers: int | None = None


class ScoreForm(RubricScores):
    """Four marks and a remark."""

    text: Text | None = None


@router.get("")
async def show_match(match_id: MatchId, page: ForCoordinators) -> Response:
    """Everything about one pair."""
    return await _shown(page, match_id)


@router.post("/decision")
async def decide(match_id: MatchId, page: ForCoordinators) -> Response:
    """Take it up, hold, approve, reject, ask, introduce."""
    try:
        several = tuple((await page.form()).getlist("reasons"))
        asked = await page.read_form(DecisionForm, reasons=several)
        body = MatchDecisionRequest(decision=asked.decision, reasons=asked.reasons, text=asked.text)
        done = await _send(page, match_id, "decision", body, asked.version)
    except ProblemError as problem:
        return await _again(page, match_id, problem)
    undo = f"{_path(match_id)}/undo?version={done.version}" if "undo" in done.allowed else None
    return page.redirect(_path(match_id), _DECIDED[asked.decision], undo=undo)


@router.post("/undo")
async def undo(match_id: MatchId, version: int, page: ForCoordinators, back: str = "") -> Response:
    """Take the last decision back."""
    await _send(page, match_id, "undo", None, version)
    to = own_path(back) if back else _path(match_id)
    return page.redirect(to, sentence("The decision is taken back."))


@router.post("/assignment")
async def assign(match_id: MatchId, page: ForCoordinators) -> Response:
    """Give the case to somebody, or back."""
    asked = await page.read_form(AssignmentForm)
    given: dict[str, object] = {"assignee": asked.assignee}
    if asked.reviewers:
        given["reviewers"] = asked.reviewers
    body = AssignmentRequest.model_validate(given)
    await _send(page, match_id, "assignment", body, asked.version)
    return page.redirect(_path(match_id), sentence("The case is assigned."))


@router.post("/comments")
async def comment(match_id: MatchId, page: ForCoordinators) -> Response:
    """A remark among coordinators."""
    asked = await page.read_form(CommentRequest)
    await page.matcher.send("POST", f"/matches/{match_id}/comments", MatchComment, asked)
    return page.redirect(f"{_path(match_id)}#comments", sentence("The remark is kept."))


@router.post("/scores")
async def score(match_id: MatchId, page: ForCoordinators) -> Response:
    """One's own marks."""
    asked = await page.read_form(ScoreForm)
    marks = RubricScores.model_validate(asked.model_dump(exclude={"text"}))
    await _send(page, match_id, "scores", ScoreRequest(scores=marks, text=asked.text), None)
    return page.redirect(f"{_path(match_id)}#rubric", sentence("Your marks are kept."))


@router.post("/response")
async def respond(match_id: MatchId, page: ForCoordinators) -> Response:
    """An answer that one side gave to a coordinator."""
    try:
        several = tuple((await page.form()).getlist("reasons"))
        asked = await page.read_form(MatchResponseRequest, reasons=several)
        await _send(page, match_id, "response", asked, None)
    except ProblemError as problem:
        return await _again(page, match_id, problem)
    return page.redirect(_path(match_id), sentence("The answer is kept."))


@router.post("/outcome")
async def report(match_id: MatchId, page: ForCoordinators) -> Response:
    """How far the two have come."""
    try:
        asked = await page.read_form(MatchOutcomeRequest)
        await _send(page, match_id, "outcome", asked, None)
    except ProblemError as problem:
        return await _again(page, match_id, problem)
    return page.redirect(_path(match_id), sentence("The outcome is kept."))


async def _send(
    page: Page, match_id: str, what: str, body: BaseModel | None, version: int | None
) -> Match:
    answer = await page.matcher.send(
        "POST",
        f"/matches/{match_id}/{what}",
        Match,
        body,
        disclosure.match,
        if_match=None if version is None else f'"{version}"',
    )
    return answer.found


async def _again(page: Page, match_id: str, problem: ProblemError) -> Response:
    """The page as it is now, with the problem on top."""
    if problem.status >= 500 or problem.status == 404:
        raise problem
    return await _shown(page, match_id, problem)


async def _shown(page: Page, match_id: str, problem: ProblemError | None = None) -> Response:
    found = await page.matcher.get(f"/matches/{match_id}", Match, disclosure.match)
    people = page.parts.accounts.people
    return page.render(
        "coordinator/match.html",
        status=problem.status if problem else 200,
        match=found,
        problem=problem,
        directions=[columns(side.receives) if side.receives else None for side in found.sides],
        coordinators_with_self=await _assignable(page),
        people=await people.named(_subjects(found)),
        contacts=await _contacts(page, found),
        constraints=await constraints_of(page, found.sides[0].id, found.sides[1].id),
        own_review=_own_review(page, found),
        reasons=Reason,
        outcomes=_REPORTED,
        criteria=tuple(RubricScores.model_fields),
    )


async def _assignable(page: Page) -> list[tuple[str, str]]:
    """Coordinators, and oneself whatever one is."""
    coordinators = await page.parts.accounts.people.coordinators()
    known = {one.subject: one.name for one in coordinators}
    return list({page.reader.subject: page.person.name, **known}.items())


def _subjects(found: Match) -> set[str]:
    named = {found.assignee, found.decision.by if found.decision else None}
    named |= {one.by for one in found.comments} | {one.by for one in found.history}
    named |= {one.reviewer for one in found.rubric.reviews} if found.rubric else set()
    return {one for one in named if one}


def _own_review(page: Page, found: Match) -> RubricScores | None:
    reviews = found.rubric.reviews if found.rubric else ()
    return next((one.scores for one in reviews if one.reviewer == page.reader.subject), None)


async def _contacts(page: Page, found: Match) -> MatchContacts | None:
    """Staff reads them in the profiles at any time; here once the two are introduced."""
    if not found.contacts_open:
        return None
    forwarder = Forwarder(page.parts.matcher, page.request, page.reader)
    try:
        return await contacts_of(forwarder, page.parts.profiles, found.id)
    except ProblemError as problem:
        if problem.code != "contacts_closed":
            raise
        return None


def _path(match_id: str) -> str:
    return f"/console/matches/{quote(match_id)}"
