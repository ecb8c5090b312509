"""Coordinators keep two organisations apart, and members take their answers back, on pages."""

from datetime import UTC, datetime
from html import unescape

import pytest

from shared.contracts.clarity import OrganisationClarity
from shared.contracts.constraints import PairConstraint, PairConstraintKind, PairConstraintPage
from shared.contracts.decisions import DeclinedSuggestion, DeclinedSuggestionPage, Reason
from shared.contracts.organisation import Names
from shared.contracts.screening import PolicyFlagPage
from tests.integration.console.conftest import Edge, LogIn
from tests.support.careless_services import organisation

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 11, 1, tzinfo=UTC)
APART = "/organisations/org-a/pair-constraints"
PAGE = "/console/organisations/org-a"


def constraint() -> PairConstraint:
    return PairConstraint(
        organisation="org-a",
        other="org-b",
        kind=PairConstraintKind.CONFLICT_OF_INTEREST,
        reason="one owns the other",
        set_by="chen",
        set_at=NOW,
    )


async def test_the_organisations_page_lists_sets_and_removes_them(
    edge: Edge, log_in: LogIn
) -> None:
    coordinator = await log_in("coordinator")
    edge.profiles.answer("GET", "/organisations/org-a", organisation("org-a"))
    edge.profiles.answer("GET", "/policy-flags", PolicyFlagPage(items=()))
    clarity = OrganisationClarity(organisation="org-a", version=1, items=())
    edge.matcher.answer("GET", "/organisations/org-a/clarity", clarity)
    edge.matcher.answer("GET", APART, PairConstraintPage(items=(constraint(),)))
    edge.matcher.answer("PUT", f"{APART}/org-b/never_again", constraint())
    edge.matcher.answer("DELETE", f"{APART}/org-b/conflict_of_interest", b"", 204)

    text = unescape((await coordinator.get(PAGE)).text)
    said = {"other": "org-b", "kind": "never_again", "reason": "asked so", "until": ""}
    put = await coordinator.post(f"{PAGE}/constraints", back=PAGE, **said)
    gone = {"other": "org-b", "kind": "conflict_of_interest"}
    removed = await coordinator.post(f"{PAGE}/constraints/removal", back=PAGE, **gone)

    assert "Conflict of interest" in text
    assert "one owns the other" in text
    assert [one.headers["location"] for one in (put, removed)] == [PAGE, PAGE]
    (asked,) = [one for one in edge.matcher.asked if one.method == "PUT"]
    assert asked.body.decode() == '{"reason":"asked so"}'
    assert [one.path for one in edge.matcher.asked if one.method == "DELETE"] == [
        f"{APART}/org-b/conflict_of_interest"
    ]


async def test_a_form_leads_to_no_other_site(edge: Edge, log_in: LogIn) -> None:
    coordinator = await log_in("coordinator")
    edge.matcher.answer("PUT", f"{APART}/org-b/never_again", constraint())
    said = {"other": "org-b", "kind": "never_again", "back": "https://elsewhere.example"}
    answer = await coordinator.post(f"{PAGE}/constraints", **said)
    assert answer.headers["location"] == "/console"


async def test_a_member_sees_what_was_declined_and_takes_it_back(edge: Edge, log_in: LogIn) -> None:
    member = await log_in("member", "org-a")
    declined = DeclinedSuggestion(
        organisation="org-a",
        other="org-b",
        names=Names(en="Harbour Optics"),
        reasons=(Reason.TOO_EARLY,),
        text="after the trial",
        said_at=NOW,
        again_from=datetime(2027, 5, 1, tzinfo=UTC),
    )
    page = DeclinedSuggestionPage(items=(declined,))
    edge.matcher.answer("GET", "/organisations/org-a/declined-suggestions", page)
    path = "/organisations/org-a/suggestions/org-b/response"
    edge.matcher.answer("DELETE", path, b"", 204)
    text = unescape((await member.get("/console/suggestions/declined")).text)
    assert "Harbour Optics" in text
    assert "after the trial" in text
    answer = await member.post("/console/suggestions/org-b/response/removal")
    assert answer.headers["location"] == "/console/suggestions/declined"
    assert [one.path for one in edge.matcher.asked if one.method == "DELETE"] == [path]
