"""FAULTS 23: members on pages of what is another organisation's, behind which services tell all."""

from datetime import timedelta
from typing import Any

import pytest

from shared.contracts.calls import Call, CallState, Permissions
from shared.contracts.consortia import CallRequirement
from shared.contracts.match_document import Match, MatchSide
from shared.contracts.match_requests import SideAnswer
from shared.contracts.matches import MatchOrigin, MatchState
from shared.contracts.organisation import Side
from shared.contracts.screening import Bilingual, FlagState, FoundBy, PolicyFlag, Severity
from tests.integration.console.conftest import Browser, Edge, LogIn
from tests.support.careless_services import MOMENT

pytestmark = pytest.mark.anyio
ID, FLAG = "d" * 32, "pf-0123456789abcdef"
WORDS = Bilingual(zh="SECRET 字", en="SECRET words")


@pytest.fixture
def telling(edge: Edge) -> Edge:
    """Answers everybody with what is between `a` and `b`."""
    edge.matcher.answer("GET", f"/matches/{ID}", match(), ETag='"3"')
    edge.matcher.answer("GET", f"/calls/{ID}", draft(), ETag='"2"')
    edge.profiles.answer("GET", f"/policy-flags/{FLAG}", flag(), ETag='"2"')
    edge.matcher.answer("POST", f"/matches/{ID}/response", match())
    edge.matcher.answer("POST", f"/calls/{ID}/publication", draft())
    return edge


def match() -> Match:
    return Match(
        id=ID,
        version=3,
        state=MatchState.ASKED,
        sides=(
            MatchSide(id="a"),
            MatchSide(id="b", answer=SideAnswer.DECLINED, text="SECRET refusal"),
        ),
        origin=MatchOrigin.MEMBER,
        requested_by="a",
        request_text="SECRET request",
        asked_at=MOMENT,
        since=MOMENT,
        created_at=MOMENT,
        updated_at=MOMENT + timedelta(days=1),
    )


def draft() -> Call:
    return Call(
        id=ID,
        publisher="a",
        state=CallState.DRAFT,
        version=2,
        title="SECRET title",
        summary="SECRET summary",
        requirements=(CallRequirement(id="r1", text="SECRET requirement"),),
        seats=(),
        team=(),
        complete=False,
        may=Permissions(edit=True, invite=True, confirm=True, close=True, cancel=True),
        created_at=MOMENT,
        updated_at=MOMENT,
    )


def flag() -> PolicyFlag:
    return PolicyFlag(
        id=FLAG,
        version=2,
        organisation="a",
        statement="held",
        side=Side.CAPABILITY,
        text="SECRET text",
        rule="some-rule",
        severity=Severity.HOLD,
        title=WORDS,
        explanation=WORDS,
        what_to_change=WORDS,
        found_by=FoundBy.PATTERN,
        state=FlagState.APPEALED,
        held=True,
        appeal="SECRET appeal",
        reason="SECRET clearing",
        raised_at=MOMENT,
        changed_at=MOMENT,
        history=(),
    )


@pytest.mark.parametrize(
    "path",
    [
        f"/console/introductions/{ID}",
        f"/console/matches/{ID}",
        f"/console/calls/{ID}",
        f"/console/calls/{ID}/edit",
        f"/console/policy/{FLAG}",
    ],
)
async def test_what_is_others_is_not_there(telling: Edge, log_in: LogIn, path: str) -> None:
    browser = await log_in("member", "z")
    page = await browser.client.get(path, follow_redirects=True)
    assert page.status_code in (403, 404)
    assert "SECRET" not in page.text


async def test_their_own_side_sees_it(telling: Edge, log_in: LogIn) -> None:
    browser = await log_in("member", "a")
    assert "SECRET appeal" in (await browser.get(f"/console/policy/{FLAG}")).text
    assert (await browser.get(f"/console/introductions/{ID}")).status_code == 200


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        (f"/console/introductions/{ID}/response", {"answer": "interested"}),
        (f"/console/calls/{ID}/publication", {"version": "2"}),
    ],
)
async def test_an_answer_to_others_says_nothing(
    telling: Edge, log_in: LogIn, path: str, fields: dict[str, str]
) -> None:
    browser = await log_in("member", "z")
    answer = await browser.post(path, **fields)
    assert "SECRET" not in answer.text + str(answer.headers)
    led = await browser.client.get(answer.headers["location"], follow_redirects=True)
    assert led.status_code in (403, 404)
    assert "SECRET" not in led.text


async def test_webhooks_are_their_owners(edge: Edge, log_in: LogIn) -> None:
    owner, stranger = await log_in("member", "a"), await log_in("member", "z")
    address = await webhook_of(owner)
    assert (await owner.get(address)).status_code == 200
    assert (await stranger.get(address)).status_code == 404
    for what in ("test", "switch", "secret", "removal"):
        assert (await stranger.post(f"{address}/{what}")).status_code == 404
    assert (await owner.get(address)).status_code == 200


async def webhook_of(owner: Browser) -> str:
    await owner.get("/console/webhooks")
    fields: dict[str, Any] = {
        "url": "https://hooks.example.org/SECRET",
        "events[]": "match.changed",
    }
    made = await owner.post("/console/webhooks", **fields)
    assert made.status_code < 400, made.text
    listed = (await owner.get("/console/webhooks")).text
    _, _, rest = listed.partition('href="/console/webhooks/')
    assert rest, listed
    return "/console/webhooks/" + rest.partition('"')[0]
