"""Saved searches: in the owner's name, only what is new, never what is confidential to it."""

from typing import Any

import pytest

from services.gateway.messages.alerts import Alerts
from services.gateway.messages.saved_searches import SavedSearches
from services.gateway.messages.tables import messages
from shared.contracts.organisation import Kind, Names, Side
from shared.contracts.principal import Principal
from shared.contracts.saved_searches import NewSavedSearch
from shared.contracts.suggestions import (
    Freshness,
    PartnerSummary,
    SearchHit,
    SearchMatch,
    SearchPage,
    SearchRequest,
    StatementQuote,
    SuggestionFilter,
)
from shared.errors import ProblemError
from tests.integration.gateway_messages.conftest import Desk, member
from tests.support.careless_services import MOMENT

pytestmark = pytest.mark.anyio


def hit(organisation: str, score: float = 0.8, *, confidential: bool = False) -> SearchHit:
    partner = PartnerSummary(
        id=organisation,
        version=1,
        kind=Kind.ENTERPRISE,
        names=Names(en=organisation.title()),
        country="CN",
        province=None,
        city_name=None,
        fields=(),
    )
    statement = StatementQuote(
        organisation=organisation,
        id="c1",
        side=Side.CAPABILITY,
        text="Unpublished glass",
        language="en",
        confidential=confidential,
    )
    match = SearchMatch(statement=statement, score=score, similarity=0.5, lexical=0.1)
    return SearchHit(rank=1, partner=partner, score=score, matches=(match,))


class Matcher:
    """Answers every search with `hits`, and remembers in whose name it was asked."""

    def __init__(self) -> None:
        self.hits: tuple[SearchHit, ...] = ()
        self.asked: list[tuple[SearchRequest, Principal]] = []
        self.away = False

    async def search(self, request: SearchRequest, principal: Principal) -> SearchPage:
        self.asked.append((request, principal))
        if self.away:
            raise ProblemError("not_ready", what="matcher")
        freshness = Freshness(
            organisation_version=None, collection="x", indexed_at=None, computed_at=MOMENT
        )
        return SearchPage(side=Side.NEED, language="en", items=self.hits, freshness=freshness)


async def kept(desk: Desk, reader: Principal, **changes: Any) -> Any:
    request = SearchRequest(text="glass", filter=SuggestionFilter(minimum_score=0.5))
    body = NewSavedSearch(**{"name": "Glass", "search": request, **changes})
    return (await SavedSearches(desk.database, desk.now).create(body, reader))[0]


async def told(desk: Desk) -> list[tuple[str, Any, list[str]]]:
    return [
        (row["recipient"], row["about"]["count"], [o["id"] for o in row["about"]["organisations"]])
        for row in await desk.rows(messages)
    ]


async def test_only_new_hits_are_told_once_a_day_to_their_owner(desk: Desk) -> None:
    matcher = Matcher()
    alerts = Alerts(desk.database, matcher.search, desk.publishing, desk.now)
    reader = member("a", "li")
    saved = await kept(desk, reader)
    matcher.hits = (hit("x"), hit("y"))

    await alerts.run_due()
    assert await alerts.run_due() == 0
    assert await told(desk) == []
    desk.later(days=1)
    matcher.hits = (hit("z"), hit("x"), hit("weak", 0.4))
    await alerts.run_due()
    desk.later(days=1)
    await alerts.run_due()

    assert await told(desk) == [("person:li", 1, ["z"])]
    assert {principal for _, principal in matcher.asked} == {reader}
    found = await SavedSearches(desk.database).find(saved.id, reader)
    assert (found.known_hits, found.last_run_at) == (3, desk.moment)


async def test_what_is_confidential_to_the_owner_is_no_hit(desk: Desk) -> None:
    matcher = Matcher()
    alerts = Alerts(desk.database, matcher.search, desk.publishing, desk.now)
    await kept(desk, member("a"))
    await alerts.run_due()
    desk.later(days=1)
    matcher.hits = (hit("secretive", confidential=True), hit("open"))
    await alerts.run_due()
    assert [organisations for _, _, organisations in await told(desk)] == [["open"]]


async def test_another_search_begins_anew(desk: Desk) -> None:
    matcher = Matcher()
    alerts = Alerts(desk.database, matcher.search, desk.publishing, desk.now)
    reader = member("a")
    saved = await kept(desk, reader)
    await alerts.run_due()
    changed = NewSavedSearch(name="Kilns", search=SearchRequest(text="kilns"))
    await SavedSearches(desk.database, desk.now).change(saved.id, changed, reader, '"1"')
    matcher.hits = (hit("x"),)
    await alerts.run_due()
    assert await told(desk) == []


async def test_a_matcher_that_is_away_is_asked_again_soon(desk: Desk) -> None:
    matcher = Matcher()
    matcher.away = True
    alerts = Alerts(desk.database, matcher.search, desk.publishing, desk.now)
    await kept(desk, member("a"))
    await alerts.run_due()
    matcher.away = False
    desk.later(minutes=11)
    assert await alerts.run_due() == 1
    assert await alerts.run_due() == 0


async def test_who_lost_its_rights_is_searched_for_no_more(desk: Desk) -> None:
    matcher = Matcher()
    alerts = Alerts(desk.database, matcher.search, desk.publishing, desk.now)
    await kept(desk, member("a", "li"))
    await desk.person("li", organisation="b")
    await alerts.run_due()
    assert matcher.asked == []
