"""Policy flags for coordinators: what is held, appeals, clearing with a reason."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from services.gateway import screening_disclosure as disclosure
from services.gateway.console.page import ForCoordinators, Page
from services.gateway.console.pages.queries import Choice, PageQuery
from services.gateway.console.translation import sentence
from shared.contracts.screening import (
    Clearing,
    FlagId,
    FlagState,
    PolicyFlag,
    PolicyFlagPage,
    ScreeningRules,
)
from shared.errors import ProblemError

router = APIRouter(prefix="/console/policy-flags")
_TABS = (FlagState.APPEALED, FlagState.OPEN, FlagState.UPHELD, FlagState.CLEARED, FlagState.GONE)
_DECIDED = {
    FlagState.CLEARED: sentence("Cleared: the statement is shown again."),
    FlagState.UPHELD: sentence("Upheld: the statement stays as it is."),
}


class FlagsQuery(PageQuery):
    """What the page's address says."""

    state: Choice = None
    severity: Choice = None
    rule: Choice = None
    organisation: Choice = None
    cursor: Choice = None


class ClearingForm(Clearing):
    """A decision about the version that was read."""

    version: int


@router.get("")
async def list_flags(page: ForCoordinators, query: Annotated[FlagsQuery, Query()]) -> Response:
    """Appeals first: somebody waits for an answer."""
    state = query.state or FlagState.APPEALED
    found = await page.profiles.get(
        "/policy-flags",
        PolicyFlagPage,
        disclosure.policy_flag_page,
        **{**query.model_dump(exclude_none=True), "state": state, "limit": 30},
    )
    rules = await page.profiles.get("/screening-rules", ScreeningRules)
    return page.render(
        "coordinator/flags.html",
        query=query,
        state=state,
        tabs=_TABS,
        found=found,
        rules=[(rule.id, getattr(rule.title, page.language)) for rule in rules.items],
    )


@router.get("/{flag_id}")
async def show_flag(flag_id: FlagId, page: ForCoordinators) -> Response:
    """The statement, what was found, the rule and its sources, the appeal."""
    return await _shown(page, flag_id)


@router.post("/{flag_id}/clearing")
async def clear(flag_id: FlagId, page: ForCoordinators) -> Response:
    """Cleared or upheld, with the reason that the member reads."""
    try:
        asked = await page.read_form(ClearingForm)
        body = Clearing(decision=asked.decision, reason=asked.reason)
        await page.profiles.send(
            "POST",
            f"/policy-flags/{flag_id}/clearing",
            PolicyFlag,
            body,
            disclosure.policy_flag,
            if_match=f'"{asked.version}"',
        )
    except ProblemError as problem:
        if problem.status >= 500 or problem.status == 404:
            raise
        return await _shown(page, flag_id, problem)
    return page.redirect("/console/policy-flags", _DECIDED[FlagState(asked.decision)])


async def _shown(page: Page, flag_id: str, problem: ProblemError | None = None) -> Response:
    path = f"/policy-flags/{flag_id}"
    flag = await page.profiles.get(path, PolicyFlag, disclosure.policy_flag)
    return page.render(
        "coordinator/flag.html",
        status=problem.status if problem else 200,
        flag=flag,
        problem=problem,
        parts=_marked(flag),
        people=await page.parts.accounts.people.named(one.by for one in flag.history if one.by),
    )


def _marked(flag: PolicyFlag) -> list[tuple[str, bool]]:
    """The text in pieces, and which of them the rule has found."""
    text, pieces, end = flag.text or "", [], 0
    for span in sorted(flag.spans, key=lambda one: one.start):
        if span.start < end:
            continue
        pieces += [(text[end : span.start], False), (text[span.start : span.end], True)]
        end = span.end
    return [(piece, found) for piece, found in [*pieces, (text[end:], False)] if piece]
