"""Organisations for coordinators: filters, and two that are brought together by name."""

import json

import pytest

from services.gateway.console.regions import countries
from shared.contracts.match_document import Match, MatchSide
from shared.contracts.matches import MatchOrigin, MatchState
from shared.contracts.organisation import (
    Kind,
    Names,
    OrganisationBatch,
    OrganisationPage,
    OrganisationSummary,
    Status,
)
from tests.integration.console.conftest import Edge, LogIn
from tests.support.careless_services import MOMENT, organisation, suggestions

pytestmark = pytest.mark.anyio
ID = "c" * 32
HOSTILE = "<script>alert(1)</script>"


def row(id: str, name: str) -> OrganisationSummary:
    return OrganisationSummary(
        id=id,
        version=1,
        status=Status.ACTIVE,
        kind=Kind.ENTERPRISE,
        names=Names(en=name),
        country="CN",
        province="320000",
        city_name=None,
        fields=(),
        capabilities=1,
        needs=1,
        updated_at=MOMENT,
    )


@pytest.fixture
def answering(edge: Edge) -> Edge:
    page = OrganisationPage(items=(row("own", "Own"), row("rival", HOSTILE)))
    edge.profiles.answer("GET", "/organisations", page)
    edge.profiles.answer("POST", "/organisations/batch-read", OrganisationBatch(items=()))
    edge.profiles.answer("GET", "/organisations/own", organisation("own"))
    edge.matcher.answer("GET", "/organisations/own/suggestions", suggestions("own", "rival"))
    made = Match(
        id=ID,
        version=1,
        state=MatchState.IN_REVIEW,
        sides=(MatchSide(id="own"), MatchSide(id="rival")),
        origin=MatchOrigin.COORDINATOR,
        since=MOMENT,
        created_at=MOMENT,
        updated_at=MOMENT,
    )
    edge.matcher.answer("POST", "/matches", made, status=201)
    return edge


async def test_the_list_is_narrowed_by_country_and_province(answering: Edge, log_in: LogIn) -> None:
    browser = await log_in("coordinator")
    page = await browser.get("/console/organisations?country=DE&province=320000&kind=")
    (asked,) = [one for one in answering.profiles.asked if one.path == "/organisations"]
    assert (asked.query["country"], asked.query["province"]) == ("DE", "320000")
    assert f'<option value="DE" selected>{countries("en")["DE"]}</option>' in page.text
    assert ">Clear<" in page.text


async def test_another_one_is_found_by_name_and_the_two_are_proposed(
    answering: Edge, log_in: LogIn
) -> None:
    browser = await log_in("coordinator")
    page = await browser.get("/console/organisations/own/others?name=rival")
    assert "/console/organisations/own/why-not?other=rival" in page.text
    assert "/console/organisations/own/why-not?other=own" not in page.text
    assert "<script>alert" not in page.text
    answer = await browser.post("/console/organisations/own/matches", other="rival")
    assert answer.headers["location"] == f"/console/matches/{ID}"
    (asked,) = [one for one in answering.matcher.asked if one.path == "/matches"]
    assert json.loads(asked.body) == {"organisation": "own", "other": "rival"}


async def test_best_partners_can_be_proposed(answering: Edge, log_in: LogIn) -> None:
    browser = await log_in("coordinator")
    piece = await browser.get("/console/organisations/own/partners")
    assert 'action="/console/organisations/own/matches"' in piece.text
    assert 'name="other" value="rival"' in piece.text
