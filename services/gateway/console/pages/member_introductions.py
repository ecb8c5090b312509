"""A member's matches: what is asked, answered, introduced and finished."""

import asyncio
from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, TypeVar

from fastapi import APIRouter, Query
from fastapi.responses import Response

from services.gateway import match_disclosure
from services.gateway.console.page import Page
from services.gateway.console.pages.member_access import Speaking, options, show
from services.gateway.console.pages.queries import PageQuery
from services.gateway.console.translation import sentence
from services.gateway.forwarding import Forwarder
from services.gateway.match_contacts import contacts_of
from shared.contracts.decisions import Reason
from shared.contracts.match_document import Match, MatchContacts
from shared.contracts.match_requests import (
    MatchId,
    MatchOutcome,
    MatchOutcomeRequest,
    MatchResponseRequest,
)
from shared.contracts.matches import (
    MatchCounts,
    MatchOrganisation,
    MatchPage,
    MatchState,
    MatchSummary,
)
from shared.errors import ProblemError

router = APIRouter(prefix="/console/introductions")
_LIMIT = 20
Side = TypeVar("Side", bound=MatchOrganisation)


class Tab(StrEnum):
    """What a member looks for."""

    ASKED = "asked"
    INTRODUCED = "introduced"
    REQUESTED = "requested"
    FINISHED = "finished"


_STATES: dict[Tab, tuple[MatchState, ...]] = {
    Tab.ASKED: (MatchState.ASKED,),
    Tab.INTRODUCED: (MatchState.INTRODUCED, MatchState.COLLABORATING),
    Tab.REQUESTED: (
        MatchState.SUGGESTED,
        MatchState.IN_REVIEW,
        MatchState.ON_HOLD,
        MatchState.APPROVED,
    ),
    Tab.FINISHED: (MatchState.CLOSED, MatchState.REJECTED, MatchState.WITHDRAWN),
}
_OUTCOMES = (
    MatchOutcome.SUCCEEDED,
    MatchOutcome.NO_AGREEMENT,
    MatchOutcome.UNREACHABLE,
    MatchOutcome.OTHER,
)
_TONES = {
    MatchState.ASKED: "warn",
    MatchState.INTRODUCED: "good",
    MatchState.COLLABORATING: "good",
}


class Wanted(PageQuery):
    """Which of them."""

    tab: Tab = Tab.ASKED
    cursor: str | None = None


@router.get("")
async def introductions(page: Speaking, wanted: Annotated[Wanted, Query()]) -> Response:
    """The reader's own, by how far they are."""
    states = ",".join(_STATES[wanted.tab])
    listed, counted = await asyncio.gather(
        page.matcher.get(
            "/matches",
            MatchPage,
            match_disclosure.match_page,
            state=states,
            sort="updated",
            limit=_LIMIT,
            cursor=wanted.cursor,
        ),
        page.matcher.get("/matches/counts", MatchCounts),
    )
    return show(
        page,
        "member/introductions.html",
        found=listed,
        tab=wanted.tab,
        tabs=tuple(Tab),
        counts={tab: sum(counted.states.get(one, 0) for one in _STATES[tab]) for tab in Tab},
        other_of=lambda match: _sides(page, match.organisations)[1],
        own_of=lambda match: _sides(page, match.organisations)[0],
        state_tone=_tone,
    )


@router.get("/{match_id}")
async def introduction(match_id: MatchId, page: Speaking) -> Response:
    """One of them: reasons, answer, contacts, outcome."""
    return await _shown(page, match_id)


@router.post("/{match_id}/response")
async def respond(match_id: MatchId, page: Speaking) -> Response:
    """Interested, or declined with coded reasons."""
    path = f"/matches/{match_id}/response"
    try:
        answer = await page.read_form(MatchResponseRequest)
        await page.matcher.send("POST", path, Match, answer)
    except ProblemError as problem:
        return await _refused(page, match_id, problem)
    return page.redirect(f"/console/introductions/{match_id}", sentence("Your answer is noted."))


@router.post("/{match_id}/outcome")
async def report(match_id: MatchId, page: Speaking) -> Response:
    """Working together, or closed with an outcome."""
    path = f"/matches/{match_id}/outcome"
    try:
        outcome = await page.read_form(MatchOutcomeRequest)
        await page.matcher.send("POST", path, Match, outcome)
    except ProblemError as problem:
        return await _refused(page, match_id, problem)
    said = sentence("Thank you for telling us.")
    return page.redirect(f"/console/introductions/{match_id}", said)


async def _refused(page: Page, match_id: str, problem: ProblemError) -> Response:
    """Beside the form, unless it is none of the form's."""
    if problem.status not in (409, 412, 422):
        raise problem
    return await _shown(page, match_id, problem)


async def _shown(page: Page, match_id: str, problem: ProblemError | None = None) -> Response:
    found = await page.matcher.get(f"/matches/{match_id}", Match, match_disclosure.match)
    own, other = _sides(page, found.sides)
    return show(
        page,
        "member/introduction.html",
        status=problem.status if problem else 200,
        found=found,
        own=own,
        other=other,
        contacts=await _contacts(page, found) if found.contacts_open else None,
        problem=problem,
        reasons=tuple(Reason),
        outcome_options=options(page, "outcome", _OUTCOMES),
        state_tone=_tone,
    )


async def _contacts(page: Page, found: Match) -> MatchContacts | None:
    forwarder = Forwarder(page.parts.matcher, page.request, page.reader)
    try:
        return await contacts_of(forwarder, page.parts.profiles, found.id)
    except ProblemError as problem:
        if problem.code != "contacts_closed":
            raise
        return None


def _sides(page: Page, both: Sequence[Side]) -> tuple[Side, Side]:
    """Ours first."""
    first, second = both
    return (first, second) if first.id == page.organisation else (second, first)


def _tone(match: MatchSummary | Match) -> str:
    return _TONES.get(match.state, "plain")
