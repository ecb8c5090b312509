"""Who can do this, and who needs this?"""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import BeforeValidator, Field

from services.gateway import disclosure
from services.gateway.console.pages.member_access import Settled, show
from services.gateway.console.pages.queries import Choice, PageQuery, checked
from services.gateway.console.regions import provinces
from services.gateway.console.translation import sentence
from shared.contracts.base import Line
from shared.contracts.organisation import Side
from shared.contracts.principal import Role
from shared.contracts.saved_searches import NewSavedSearch
from shared.contracts.suggestions import SearchPage, SearchRequest
from shared.errors import ProblemError

router = APIRouter(prefix="/console/search")
_LIMIT = 10
_PARTNER = {True: "/console/partners/", False: "/console/organisations/"}
_EXAMPLE = {"zh": "低延迟触觉手套,用于远程操控", "en": "real-time weather volume rendering"}


class Wanted(PageQuery):
    """The page's address says what is searched, so that it can be kept and sent on."""

    text: Annotated[str, Field(max_length=2000)] = ""
    side: Annotated[Side, BeforeValidator(lambda value: value or Side.NEED)] = Side.NEED
    kind: Choice = None
    province: Choice = None
    field: Choice = None
    cursor: Annotated[str | None, Field(max_length=2000)] = None

    def request(self) -> SearchRequest:
        """Raises ProblemError("invalid_request") for unknown codes."""
        given = {"kind": self.kind, "province": self.province, "field": self.field}
        asked = {
            "text": self.text,
            "side": self.side,
            "filter": {name: value for name, value in given.items() if value},
            "limit": _LIMIT,
            "cursor": self.cursor,
        }
        return checked(SearchRequest, asked)


@router.get("")
async def search(page: Settled, wanted: Annotated[Wanted, Query()]) -> Response:
    """The form, and the hits where something is asked."""
    found, problem = None, None
    if len(wanted.text.strip()) >= 2:
        try:
            answer = await page.matcher.send(
                "POST", "/search", SearchPage, wanted.request(), disclosure.search_page
            )
            found = answer.found
        except ProblemError as error:
            if error.code not in {"not_ready", "upstream_timeout"}:
                raise
            problem = error
    return show(
        page,
        "member/search.html",
        wanted=wanted,
        found=found,
        problem=problem,
        partner_path=_PARTNER[page.reader.role is Role.MEMBER],
        example=_EXAMPLE[page.language],
        provinces=provinces(page.language),
    )


class _Keeping(PageQuery):
    name: Line


@router.post("/saving")
async def keep(page: Settled) -> Response:
    """Keep a search: its owner is told of new hits."""
    name = (await page.read_form(_Keeping)).name
    search = (await page.read_form(Wanted)).request().model_copy(update={"cursor": None})
    kept = NewSavedSearch(name=name, search=search)
    await page.parts.messages.saved_searches.create(kept, page.reader, None)
    said = sentence("The search is saved. You will be told of new hits.")
    return page.redirect("/console/saved-searches", said)
