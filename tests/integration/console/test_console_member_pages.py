"""What members do on their pages, over services that answer as they are told."""

import re
from html import unescape

import pytest

from services.gateway.accounts.people_store import PeopleFilter
from shared.contracts.clarity import SavedOrganisation
from shared.contracts.organisation import (
    Names,
    Organisation,
    OrganisationProfile,
    OrganisationVersion,
    Status,
)
from shared.contracts.principal import Principal, Role
from shared.contracts.problems import Problem
from tests.integration.console.conftest import Edge, LogIn
from tests.support.careless_services import MOMENT, organisation, suggestions

pytestmark = pytest.mark.anyio
OWN = "/organisations/org-a"


def stored(version: int = 3, **changes: object) -> Organisation:
    return Organisation(**{**dict(organisation("org-a")), "version": version, **changes})


def profile_of(found: Organisation) -> OrganisationProfile:
    fields = OrganisationProfile.model_fields
    return OrganisationProfile(**{name: getattr(found, name) for name in fields})


async def test_an_account_without_organisation_is_led_to_the_guide(log_in: LogIn) -> None:
    member = await log_in("member")
    for path in ("/console/suggestions", "/console/my-data"):
        answer = await member.get(path)
        assert (answer.status_code, answer.headers["location"]) == (302, "/console/start")
    assert "Which organisation do you speak for?" in (await member.get("/console/start")).text


async def test_whoever_founds_an_organisation_speaks_for_it(edge: Edge, log_in: LogIn) -> None:
    member = await log_in("member")
    edge.profiles.answer("POST", "/organisations", SavedOrganisation(**dict(stored())), 201)
    form = {
        "kind": "enterprise",
        "person_name": "Li Example",
        "names.en": "Example",
        "country": "DE",
        "capacity": "2",
    }
    refused = await member.post("/console/start/organisation", **{**form, "names.en": ""})
    assert refused.status_code == 422
    assert not [one for one in edge.profiles.asked if one.method == "POST"]
    answer = await member.post("/console/start/organisation", **form)
    assert answer.headers["location"] == "/console/start/material"
    (asked,) = [one for one in edge.profiles.asked if one.method == "POST"]
    assert asked.principal.organisation
    assert f'"id":"{asked.principal.organisation}"' in asked.body.decode()


async def test_what_a_colleague_has_saved_meanwhile_is_shown_and_nothing_is_lost(
    edge: Edge, log_in: LogIn
) -> None:
    member = await log_in("member", "org-a")
    base = stored(2)
    edge.profiles.answer("GET", OWN, stored(3, capacity=9))
    before = OrganisationVersion(
        version=2,
        status=Status.ACTIVE,
        changed_at=MOMENT,
        changed_by="x",
        profile=profile_of(base),
    )
    edge.profiles.answer("GET", f"{OWN}/versions/2", before)
    stale = Problem(
        type="x", title="x", status=412, detail="x", code="stale_version", request_id="x",
        parameters={"current": 3},
    )  # fmt: skip
    edge.profiles.answer("PUT", OWN, stale, 412)
    form = {"version": "2", "kind": "institution", "names.zh": "新名", "capacity": "7"}
    form |= {"capabilities.0.id": "c1", "capabilities.0.text": "We align <b>everything</b>"}
    answer = await member.post("/console/profile", **form)
    assert answer.status_code == 409
    text = unescape(answer.text)
    assert "A colleague has saved while you were writing" in text
    assert 'name="version" value="3"' in text
    assert re.search(r'name="capacity"[^>]*value="9"', text)
    assert re.search(r'name="names.zh"[^>]*value="新名"', text)
    assert "We align &lt;b&gt;everything" in answer.text


async def test_hints_are_a_fragment_and_keep_quiet_while_the_matcher_is_away(
    edge: Edge, log_in: LogIn
) -> None:
    member = await log_in("member", "org-a")
    away = Problem(
        type="x", title="x", status=503, detail="x", code="not_ready", request_id="x",
        parameters={"what": "x"},
    )  # fmt: skip
    edge.matcher.answer("POST", "/clarity", away, 503)
    edge.profiles.answer("POST", "/screening/check", away, 503)
    text = "Waveguides for headsets"
    answer = await member.post("/console/profile/hints", text=text, side="need")
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert 'data-suggested-field="near-eye-waveguide"' in answer.text


async def test_an_invitation_gives_the_organisation_and_takes_nobodys_rights(
    edge: Edge, log_in: LogIn
) -> None:
    member = await log_in("member", "org-a")
    edge.profiles.answer("GET", OWN, stored())
    await log_in("coordinator")
    people = edge.app.state.gateway.accounts.people
    taken = await member.post("/console/my-data/invitation", email="coordinator-None@example.org")
    assert taken.status_code == 409
    assert [one.role for one in await people.coordinators()] == ["coordinator"]
    shown = await member.post("/console/my-data/invitation", email="guest@example.org")
    assert shown.status_code == 200
    assert "/console/enter?link=" in shown.text
    speaking = await people.of_organisation("org-a")
    assert {one.email for one in speaking} >= {"guest@example.org", "member-org-a@example.org"}


async def test_a_wish_to_join_is_told_to_coordinators_and_its_answer_to_the_member(
    edge: Edge, log_in: LogIn
) -> None:
    edge.profiles.answer("GET", OWN, stored())
    member = await log_in("member")
    await member.get("/console/start")
    assert (await member.post("/console/start/joining/org-a")).status_code == 303
    coordinator = await log_in("coordinator")
    assert (
        "Somebody wants to join Example Institute" in (await coordinator.get("/console/inbox")).text
    )
    people = edge.app.state.gateway.accounts.people
    reader = Principal(subject="ana", role=Role.COORDINATOR)
    (waiting,) = (await people.page(PeopleFilter(waiting=True), reader, limit=5, cursor=None)).items
    for admit in (False, True):
        if admit:
            await member.post("/console/start/joining/org-a")
        await people.answer_wish(waiting.id, "org-a", reader, admit=admit)
        told = (await member.get("/console/inbox")).text
        said = "You speak for" if admit else "You were not admitted to"
        assert f"{said} Example Institute" in told


async def test_erasing_asks_for_the_name(edge: Edge, log_in: LogIn) -> None:
    member = await log_in("member", "org-a")
    edge.profiles.answer("GET", OWN, stored())
    answer = await member.post("/console/my-data/erasure", confirm="something else")
    assert answer.status_code == 422
    assert not [one for one in edge.profiles.asked if one.path.endswith("/erasure")]


async def test_texts_of_strangers_are_inert_in_drafts_and_suggestions(
    edge: Edge, log_in: LogIn
) -> None:
    member = await log_in("member", "org-a")
    text = 'We offer <script>alert(1)</script> and "onload=x" optics \u202e gnp.exe in Jena'
    answer = await member.post("/console/start/material", text=text)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert" in answer.text
    assert "\u202e" not in answer.text
    page = suggestions("org-a", "org-b")
    partner = page.items[0].partner
    named = partner.model_copy(update={"names": Names(en='<img src=x onerror="alert(1)">\u202ex')})
    item = page.items[0].model_copy(update={"partner": named})
    path = "/organisations/org-a/suggestions"
    edge.matcher.answer("GET", path, page.model_copy(update={"items": (item,)}))
    shown = await member.get("/console/suggestions")
    assert shown.status_code == 200
    assert "<img src=x" not in shown.text
    assert "\u202e" not in shown.text
    assert shown.text.count("SECRET") == 1  # the reader's own; the partner's are not shown
