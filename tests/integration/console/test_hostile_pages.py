"""FAULTS 29: what people and services have written stays text on every page that shows it."""

from typing import Any

import pytest

from shared.contracts.accounts import LoginLinkRequest
from shared.contracts.audit import AuditEntry, AuditPage
from shared.contracts.clarity import OrganisationClarity
from shared.contracts.constraints import PairConstraint, PairConstraintKind, PairConstraintPage
from shared.contracts.match_document import Match, MatchComment, MatchRubric, MatchSide
from shared.contracts.match_requests import SideAnswer
from shared.contracts.matches import (
    MatchCounts,
    MatchOrganisation,
    MatchOrigin,
    MatchPage,
    MatchState,
    MatchSummary,
)
from shared.contracts.organisation import Capability, Names, Organisation, Side
from shared.contracts.principal import Role
from shared.contracts.screening import (
    Bilingual,
    FlagState,
    FoundBy,
    PolicyFlag,
    PolicyFlagPage,
    ScreeningRules,
    Severity,
)
from tests.integration.console.conftest import Browser, Edge, LogIn
from tests.support.careless_services import MOMENT, organisation
from tests.support.hostile_texts import HOSTILE

pytestmark = pytest.mark.anyio
ID, FLAG = "e" * 32, "pf-0123456789abcdef"
TEXT = " ".join(HOSTILE[name] for name in ("script", "markup", "bidi", "escape", "separators"))
LINE = " ".join(HOSTILE[name] for name in ("script", "markup", "bidi", "sql", "format"))
ALIVE = (
    "<script>alert",
    "<img src=x",
    "\u202e",
    "\u2066",
    "\x1b",
    "\x07",
    "\u2028",
    "onerror=alert(1)>'",
)
PLAIN = " ".join(HOSTILE[name] for name in ("script", "markup", "sql", "format"))
"""What form fields hold stands there as it is, steering signs too."""
NAMES = Names(zh=LINE, en=LINE)


@pytest.fixture
def hostile(edge: Edge) -> Edge:
    """Services that have kept what nobody has checked."""
    edge.matcher.answer("GET", "/matches", MatchPage(items=(summary(),)))
    edge.matcher.answer("GET", "/matches/counts", MatchCounts(total=1, states={}))
    edge.matcher.answer("GET", f"/matches/{ID}", match(), ETag='"3"')
    edge.matcher.answer("GET", "/audit", AuditPage(items=(entry(),)))
    edge.profiles.answer("GET", "/screening-rules", ScreeningRules(version="1", items=()))
    edge.profiles.answer("GET", "/policy-flags", PolicyFlagPage(items=(flag(),)))
    edge.profiles.answer("GET", f"/policy-flags/{FLAG}", flag(), ETag='"2"')
    for one in ("a", "b"):
        edge.profiles.answer("GET", f"/organisations/{one}", profile(one))
        clear = OrganisationClarity(organisation=one, version=1, items=())
        edge.matcher.answer("GET", f"/organisations/{one}/clarity", clear)
        apart = PairConstraintPage(items=(constraint(one),))
        edge.matcher.answer("GET", f"/organisations/{one}/pair-constraints", apart)
    return edge


def constraint(one: str) -> PairConstraint:
    return PairConstraint.model_construct(
        organisation=one,
        other="b" if one == "a" else "a",
        kind=PairConstraintKind.NEVER_AGAIN,
        reason=TEXT,
        set_by=TEXT,
        set_at=MOMENT,
    )


def summary() -> MatchSummary:
    sides = tuple(MatchOrganisation.model_construct(id=one, names=NAMES) for one in ("a", "b"))
    return MatchSummary.model_construct(
        id=ID,
        version=3,
        state=MatchState.IN_REVIEW,
        organisations=sides,
        origin=MatchOrigin.MEMBER,
        assignee=TEXT,
        created_at=MOMENT,
        since=MOMENT,
        updated_at=MOMENT,
    )


def match() -> Match:
    said = {"answer": SideAnswer.DECLINED, "text": TEXT, "answered_by": TEXT}
    return Match.model_construct(
        id=ID,
        version=3,
        state=MatchState.ASKED,
        sides=tuple(MatchSide.model_construct(id=one, names=NAMES, **said) for one in ("a", "b")),
        origin=MatchOrigin.MEMBER,
        requested_by="a",
        request_text=TEXT,
        assignee=TEXT,
        rubric=MatchRubric(reviewers=2, minimum_each=2, minimum_mean=3),
        comments=(MatchComment(id=1, text=TEXT, by=TEXT, at=MOMENT),),
        allowed=("comment", "assign"),
        asked_at=MOMENT,
        since=MOMENT,
        created_at=MOMENT,
        updated_at=MOMENT,
    )


def entry() -> AuditEntry:
    return AuditEntry(
        seq=1,
        at=MOMENT,
        actor=TEXT,
        role="coordinator",
        action="match_approved",
        subject_kind="match",
        subject=TEXT,
        details={"to": TEXT},
        request_id=TEXT,
        previous="0" * 64,
        digest="1" * 64,
    )


def flag() -> PolicyFlag:
    words = Bilingual(zh=TEXT, en=TEXT)
    return PolicyFlag(
        id=FLAG,
        version=2,
        organisation="a",
        names=NAMES,
        statement="held",
        side=Side.CAPABILITY,
        text=TEXT,
        rule="some-rule",
        severity=Severity.HOLD,
        title=words,
        explanation=words,
        what_to_change=words,
        found_by=FoundBy.PATTERN,
        state=FlagState.UPHELD,
        held=True,
        appeal=TEXT,
        reason=TEXT,
        raised_at=MOMENT,
        changed_at=MOMENT,
        history=(),
    )


def profile(one: str) -> Organisation:
    can = (Capability.model_construct(id="c1", text=TEXT),)
    return organisation(one).model_copy(update={"names": NAMES, "capabilities": can, "needs": ()})


def assert_inert(page: Any) -> None:
    assert page.status_code == 200, page.text
    assert [one for one in ALIVE if one in page.text] == []
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text, "it is shown, as text"


@pytest.mark.parametrize(
    "path",
    [
        "queue",
        f"matches/{ID}",
        "policy-flags",
        f"policy-flags/{FLAG}",
        "audit",
        "organisations/a",
    ],
)
async def test_on_pages_of_staff(hostile: Edge, log_in: LogIn, path: str) -> None:
    assert_inert(await (await log_in("coordinator")).get(f"/console/{path}"))


@pytest.mark.parametrize("path", ["policy", f"policy/{FLAG}", f"introductions/{ID}", "partners/b"])
async def test_on_pages_of_members(hostile: Edge, log_in: LogIn, path: str) -> None:
    assert_inert(await (await log_in("member", "a")).get(f"/console/{path}"))


async def test_names_of_accounts(edge: Edge, log_in: LogIn) -> None:
    wish = LoginLinkRequest(email="evil@example.org", role=Role.COORDINATOR, name=LINE)
    await edge.app.state.gateway.accounts.entering.make_link(wish)
    assert_inert(await (await log_in("operator")).get("/console/people"))


async def test_names_that_readers_give(hostile: Edge, log_in: LogIn) -> None:
    browser = await log_in("coordinator")
    await kept(browser, "queue", "queue/views", name=PLAIN, query="sort=created")
    assert_inert(await browser.get("/console/queue"))
    member = await log_in("member", "a")
    await kept(member, "saved-searches", "search/saving", name=PLAIN, text=PLAIN)
    assert_inert(await member.get("/console/saved-searches"))
    address = "https://hooks.example.org/x"
    fields = {"url": address, "events[]": "match.changed", "description": PLAIN}
    await kept(member, "webhooks", "webhooks", **fields)
    assert_inert(await member.get("/console/webhooks"))


async def kept(browser: Browser, before: str, path: str, **fields: str) -> None:
    await browser.get(f"/console/{before}")
    answer = await browser.post(f"/console/{path}", **fields)
    assert answer.status_code in (200, 303), answer.text
