"""What members do on their pages, over services that answer as they are told."""

import re
from html import unescape

import pytest
from sqlalchemy.exc import DBAPIError

from services.gateway.accounts.people_store import PeopleFilter
from services.gateway.schema import account_audit
from shared.contracts.accounts import LoginLinkRequest, PersonChange
from shared.contracts.api_keys import ApiKeyRequest
from shared.contracts.calls import (
    Call,
    CallKind,
    CallPage,
    CallState,
    CallSummary,
    InvitationPage,
)
from shared.contracts.clarity import SavedOrganisation
from shared.contracts.decisions import PairRecord, PairRecordPage, RecordKind, Verdict
from shared.contracts.match_queries import AuditQuery
from shared.contracts.matches import MatchPage
from shared.contracts.organisation import (
    Names,
    Organisation,
    OrganisationProfile,
    OrganisationVersion,
    Status,
    VersionPage,
)
from shared.contracts.principal import Principal, Role
from shared.contracts.problems import Problem
from shared.contracts.screening import FlagEvent, FlagEventPage, FlagState, PolicyFlagPage
from shared.contracts.webhooks import NewWebhook
from tests.integration.console.conftest import Edge, LogIn
from tests.support.careless_services import MOMENT, organisation, suggestions

pytestmark = pytest.mark.anyio
OWN = "/organisations/org-a"
CALL = "1" * 32


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


async def test_rights_admissions_and_keys_are_in_a_trail_that_nobody_changes(
    edge: Edge, log_in: LogIn
) -> None:
    accounts = edge.app.state.gateway.accounts
    operator = Principal(subject="ops", role=Role.OPERATOR)
    wish = LoginLinkRequest(email="trail@example.org")
    person = (await accounts.entering.make_link(wish, operator)).person
    for change in ({"role": "coordinator"}, {"suspended": True}, {"suspended": False}):
        asked = PersonChange.model_validate(change)
        await accounts.people.change(person.id, asked, None, operator)
    keys = edge.app.state.gateway.api_keys
    made = await keys.create(ApiKeyRequest(role=Role.BATCH, label="SECRET label"), operator)
    await keys.revoke(made.id, operator)
    told = await accounts.audit.page(AuditQuery(actor="ops"), operator)
    assert [one.action for one in reversed(told.items)] == [
        "account_made", "rights_changed", "suspended", "reinstated", "key_made", "key_revoked",
    ]  # fmt: skip
    assert "SECRET" not in told.model_dump_json()
    assert "trail@example.org" not in told.model_dump_json()
    assert (await accounts.audit.verify(None, operator)).intact
    async with edge.app.state.gateway.database.transaction() as connection:
        with pytest.raises(DBAPIError, match="append-only"):
            await connection.execute(account_audit.update().values(actor="nobody"))
    coordinator = await log_in("coordinator")
    shown = (await coordinator.get("/console/audit?trail=accounts")).text
    assert "Key revoked" in shown
    event = FlagEvent(
        number=1, flag=f"pf-{'a' * 16}", organisation="org-a", action="raised",
        state=FlagState.OPEN, by="screening", at=MOMENT,
    )  # fmt: skip
    edge.profiles.answer("GET", "/screening-audit", FlagEventPage(items=(event,)))
    assert "raised" in (await coordinator.get("/console/audit?trail=screening")).text
    member = await log_in("member", "org-a")
    assert (await member.get("/console/audit?trail=accounts")).status_code == 403


async def test_the_export_has_calls_answers_invitations_webhooks_and_keys(
    edge: Edge, log_in: LogIn
) -> None:
    member = await log_in("member", "org-a")
    reader = Principal(subject="m", role=Role.MEMBER, organisation="org-a")
    gateway = edge.app.state.gateway
    made = await gateway.api_keys.create(
        ApiKeyRequest(role=Role.MEMBER, organisation="org-a", label="our system"), reader
    )
    hook, _ = await gateway.messages.webhooks.create(
        NewWebhook(url="https://hooks.example.org/in"), reader
    )
    summary = CallSummary(
        id=CALL, title="Ours", kind=CallKind.CHALLENGE, state=CallState.DRAFT, publisher="org-a",
        deadline=None, reference=None, version=1, requirements=0, accepted=0, waiting=0,
        updated_at=MOMENT,
    )  # fmt: skip
    call = Call(
        id=CALL, title="Ours", publisher="org-a", state=CallState.DRAFT, version=1,
        created_at=MOMENT, updated_at=MOMENT,
    )  # fmt: skip
    answer = PairRecord(
        id=1, kind=RecordKind.RESPONSE, organisation="org-a", partner="org-b",
        verdict=Verdict.DECLINED, said_by="m", said_at=MOMENT,
    )  # fmt: skip
    theirs = answer.model_copy(update={"organisation": "org-b", "partner": "org-a"})
    edge.matcher.answer("GET", "/calls", CallPage(items=(summary,)))
    edge.matcher.answer("GET", f"/calls/{CALL}", call)
    edge.matcher.answer("GET", f"{OWN}/responses", PairRecordPage(items=(answer, theirs)))
    edge.matcher.answer("GET", "/call-invitations", InvitationPage(items=()))
    edge.matcher.answer("GET", "/matches", MatchPage(items=()))
    edge.profiles.answer("GET", OWN, stored())
    edge.profiles.answer("GET", f"{OWN}/versions", VersionPage(items=()))
    edge.profiles.answer("GET", "/policy-flags", PolicyFlagPage(items=()))
    told = await member.get("/console/my-data/export")
    data = told.json()
    assert [one["title"] for one in data["calls"]] == ["Ours"]
    assert [one["verdict"] for one in data["answers_to_suggestions"]] == ["declined"]
    assert data["invitations"] == []
    assert [one["url"] for one in data["webhooks"]] == ["https://hooks.example.org/in"]
    assert [one["label"] for one in data["api_keys"]] == ["our system"]
    for secret in (made.key, made.prefix, hook.secret):
        assert secret not in told.text


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
