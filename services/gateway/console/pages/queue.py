"""The review queue: what waits for a decision, and decisions about one or many."""

from typing import Annotated
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, Response
from pydantic import Field

from services.gateway import match_disclosure as disclosure
from services.gateway.console.page import ForCoordinators, Page
from services.gateway.console.pages.login import own_path
from services.gateway.console.pages.member_access import taxonomy_labels
from services.gateway.console.pages.queries import Choice, PageQuery
from services.gateway.console.regions import provinces
from services.gateway.console.translation import sentence
from shared.contracts.base import Contract, Line, Text
from shared.contracts.decisions import Reason
from shared.contracts.match_queries import MatchListQuery
from shared.contracts.match_requests import (
    BulkDecisionItem,
    BulkDecisionRequest,
    BulkDecisionResult,
    BulkUndoRequest,
    Decision,
)
from shared.contracts.matches import MatchCounts, MatchPage, MatchSort
from shared.errors import ProblemError

router = APIRouter(prefix="/console/queue")
TABS: tuple[tuple[str, str], ...] = (
    ("suggested,in_review", sentence("To review")),
    ("on_hold", sentence("On hold")),
    ("approved", sentence("Approved")),
    ("asked", sentence("Asked")),
    ("introduced,collaborating", sentence("Introduced")),
    ("rejected", sentence("Rejected")),
    ("closed,withdrawn", sentence("Closed")),
)
_NAMES = {
    Decision.REVIEW: sentence("{count} taken up."),
    Decision.HOLD: sentence("{count} put on hold."),
    Decision.APPROVE: sentence("{count} approved."),
    Decision.REJECT: sentence("{count} rejected."),
    Decision.ASK: sentence("{count}: both sides are asked."),
    Decision.INTRODUCE: sentence("{count} introduced."),
}
_ROWS = 30
_REASONS_TOLD = 3


class QueueQuery(PageQuery):
    """What the page's address says; the matcher checks it again."""

    state: Choice = None
    sort: Choice = None
    whose: Choice = None
    """`me`, `nobody`, or a coordinator's subject."""
    kind: Choice = None
    origin: Choice = None
    requested: Choice = None
    """`true` or `false`: whether a member asked for it."""
    field: Choice = None
    """With all that the taxonomy has below it."""
    province: Choice = None
    minimum: Choice = None
    organisation: Choice = None
    text: Choice = None
    cursor: Choice = None

    def asked(self) -> dict[str, str | int | bool]:
        """As parameters of the matcher's list, without the state."""
        whose = {"unassigned": True} if self.whose == "nobody" else {"assignee": self.whose}
        given = {
            "kind": self.kind,
            "origin": self.origin,
            "requested": self.requested,
            "field": self.field,
            "province": self.province,
            "minimum_score": self.minimum,
            "organisation": self.organisation,
            "text": self.text,
            **whose,
        }
        return {name: value for name, value in given.items() if value is not None}

    @property
    def rarer(self) -> bool:
        """Whether a filter is set that is folded away by itself."""
        return any((self.field, self.province, self.origin, self.requested, self.kind))

    @property
    def narrows(self) -> bool:
        """Whether there is a filter to clear."""
        return bool(self.asked())


class DecidedForm(Contract):
    """The form of the list: which matches (`id:version`), and what becomes of them."""

    match: Annotated[tuple[str, ...], Field(max_length=200)] = ()
    decision: Decision
    reasons: tuple[Reason, ...] = ()
    text: Text | None = None
    back: str = ""


class UndoQuery(PageQuery):
    """Which decisions (`id:version`), and where to go then."""

    match: Annotated[tuple[str, ...], Field(min_length=1, max_length=200)]
    back: str = ""


class ViewForm(Contract):
    """A view to keep."""

    name: Line
    query: Annotated[Text, Field(max_length=1000)] = ""


@router.get("")
async def show_queue(page: ForCoordinators, query: Annotated[QueueQuery, Query()]) -> Response:
    """What waits, best first."""
    asked = MatchListQuery.model_validate(
        {
            **query.asked(),
            "state": query.state or TABS[0][0],
            "sort": query.sort or MatchSort.SCORE,
            "limit": _ROWS,
            "cursor": query.cursor,
        }
    )
    params = asked.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    found = await page.matcher.get("/matches", MatchPage, disclosure.match_page, **params)
    coordinators = await page.parts.accounts.people.coordinators()
    return page.render(
        "coordinator/queue.html",
        query=query,
        state=query.state or TABS[0][0],
        tabs=TABS,
        counts=await _counts(page, query),
        found=found,
        sorts=MatchSort,
        reasons=Reason,
        coordinators=[(one.subject, one.name) for one in coordinators],
        people=await page.parts.accounts.people.named(
            row.assignee for row in found.items if row.assignee
        ),
        fields=list(taxonomy_labels(page).items()),
        provinces=provinces(page.language).items(),
        views=await page.parts.accounts.views.of(page.person.id),
        view_query=_view_query(page),
    )


@router.get("/counts")
async def show_counts(page: ForCoordinators, query: Annotated[QueueQuery, Query()]) -> Response:
    """How many there are in each tab, for the live display."""
    return JSONResponse(await _counts(page, query))


@router.post("/decisions")
async def decide(page: ForCoordinators) -> Response:
    """The same decision about all that are ticked; what was refused is told one by one."""
    form = await page.form()
    several = {name: tuple(form.getlist(name)) for name in ("match", "reasons")}
    asked = await page.read_form(DecidedForm, **several)
    back = own_path(asked.back)
    if not asked.match:
        return page.redirect(back, sentence("Nothing was chosen."), tone="notice")
    items = tuple(map(_item, asked.match))
    body = BulkDecisionRequest(
        decision=asked.decision, matches=items, reasons=asked.reasons, text=asked.text
    )
    answer = await page.matcher.send("POST", "/match-decisions", BulkDecisionResult, body)
    result = answer.found
    if result.refused:
        said = sentence("{count} decided, {refused} not: {why}")
        undo = _undo_of(result, back)
        return page.redirect(back, said, tone="problem", undo=undo, **_refused(result))
    undo = _undo_of(result, back)
    return page.redirect(back, _NAMES[asked.decision], undo=undo, count=result.decided)


@router.post("/undo")
async def undo(page: ForCoordinators, query: Annotated[UndoQuery, Query()]) -> Response:
    """Take back what was decided together; what came in between is told one by one."""
    body = BulkUndoRequest(matches=tuple(map(_item, query.match)))
    answer = await page.matcher.send("POST", "/match-decisions/undo", BulkDecisionResult, body)
    result, back = answer.found, own_path(query.back)
    if result.refused:
        said = sentence("{count} taken back, {refused} not: {why}")
        return page.redirect(back, said, tone="problem", undo=None, **_refused(result))
    said = sentence("{count} decisions are taken back.")
    if len(query.match) == 1:
        said = sentence("The decision is taken back.")
    return page.redirect(back, said, count=result.decided)


@router.post("/views")
async def keep_view(page: ForCoordinators) -> Response:
    """Keep these filters under a name."""
    form = await page.read_form(ViewForm)
    query = urlencode(parse_qsl(form.query))
    await page.parts.accounts.views.keep(page.person.id, form.name, query)
    return page.redirect(f"/console/queue?{query}", sentence("The view is kept."))


@router.post("/views/{view_id}/removal")
async def drop_view(view_id: UUID, page: ForCoordinators) -> Response:
    """Forget a view."""
    await page.parts.accounts.views.drop(page.person.id, view_id)
    return page.redirect("/console/queue", sentence("The view is gone."))


async def _counts(page: Page, query: QueueQuery) -> dict[str, int]:
    """By the tab's states."""
    params = query.asked()
    found = await page.matcher.get("/matches/counts", MatchCounts, None, **params)
    by_state = {state.value: count for state, count in found.states.items()}
    return {tab: sum(by_state.get(one, 0) for one in tab.split(",")) for tab, _ in TABS}


def _item(value: str) -> BulkDecisionItem:
    match_id, _, version = value.partition(":")
    try:
        return BulkDecisionItem(id=match_id, version=int(version))
    except ValueError as error:
        raise ProblemError("invalid_request") from error


def _undo_of(result: BulkDecisionResult, back: str) -> str | None:
    """The address that takes it back: it travels in a cookie, so it has its limit."""
    done = [f"{one.id}:{one.version}" for one in result.items if one.decided]
    if not 0 < len(done) <= _ROWS:
        return None
    return f"/console/queue/undo?{urlencode({'match': done, 'back': back}, doseq=True)}"


def _refused(result: BulkDecisionResult) -> dict[str, object]:
    """What a sentence about them is made of: the first reasons, as a cookie carries them."""
    reasons = dict.fromkeys(one.reason for one in result.items if not one.decided and one.reason)
    return {
        "count": result.decided,
        "refused": result.refused,
        "why": "; ".join([*reasons][:_REASONS_TOLD]),
    }


def _view_query(page: Page) -> str:
    kept = page.request.query_params.multi_items()
    return urlencode([(name, value) for name, value in kept if value and name != "cursor"])
