"""The last check before a match leaves, whatever the matcher sent."""

from typing import Any

import pytest

from services.gateway import match_disclosure as disclosure
from shared.contracts.match_document import (
    ContactsRight,
    HistoryEntry,
    Match,
    MatchComment,
    MatchDecision,
    MatchHistory,
    MatchRubric,
    MatchSide,
    Resuggestion,
)
from shared.contracts.match_requests import Decision, MatchOutcome, SideAnswer
from shared.contracts.matches import (
    MatchChange,
    MatchOrganisation,
    MatchOrigin,
    MatchPage,
    MatchState,
    MatchSummary,
)
from shared.contracts.organisation import Side
from shared.contracts.principal import Principal, Role
from shared.contracts.suggestions import Answer, Basis, Direction, Feature
from shared.errors import ProblemError
from tests.support.careless_services import MOMENT, SECRET_TEXT, quote

OWNER = Principal(subject="o", role=Role.MEMBER, organisation="a")
OTHER = Principal(subject="p", role=Role.MEMBER, organisation="b")
STRANGER = Principal(subject="s", role=Role.MEMBER, organisation="z")
COORDINATOR = Principal(subject="c", role=Role.COORDINATOR)
BATCH = Principal(subject="x", role=Role.BATCH)
ID = "0" * 32


def match(**more: Any) -> Match:
    """With a secret in every part that members do not read."""
    answered = Answer(
        need=quote("a", Side.NEED, confidential=False),
        capability=quote("b", Side.CAPABILITY, confidential=True),
        score=0.9,
        similarity=0.5,
        lexical=0.1,
    )
    unmet = quote("b", Side.NEED, confidential=True)
    receives = Direction(score=0.9, basis=Basis.NEEDS, answers=(answered,), unmet=(unmet,))
    said = {"reasons": ("other",), "text": "SECRET reason", "answered_by": "SECRET person"}
    fields: dict[str, Any] = {
        "id": ID,
        "version": 3,
        "state": MatchState.ASKED,
        "sides": (
            MatchSide(id="a", receives=receives),
            MatchSide(id="b", answer=SideAnswer.DECLINED, receives=receives, **said),
        ),
        "features": (Feature(name="SECRET feature", value=1, contribution=1),),
        "origin": MatchOrigin.MEMBER,
        "run": "SECRET run",
        "requested_by": "b",
        "request_text": "SECRET request",
        "assignee": "SECRET coordinator",
        "flags": ("SECRET flag",),
        "decision": MatchDecision(decision=Decision.APPROVE, by="SECRET", at=MOMENT),
        "rubric": MatchRubric(reviewers=2, minimum_each=2, minimum_mean=3),
        "comments": (MatchComment(id=1, text="SECRET comment", by="c", at=MOMENT),),
        "resuggestion": Resuggestion(turned_down_at=MOMENT, how="rejected", again_from=MOMENT),
        "outcome": MatchOutcome.DECLINED,
        "outcome_by": "b",
        "outcome_text": "SECRET outcome",
        "waiting_for": ("b",),
        "created_at": MOMENT,
        "since": MOMENT,
        "updated_at": MOMENT,
        "asked_at": MOMENT,
        "history": (
            HistoryEntry(change=MatchChange.REJECTED, by="SECRET", at=MOMENT),
            HistoryEntry(seq=3, change=MatchChange.ASKED, by="SECRET", at=MOMENT),
            HistoryEntry(change=MatchChange.ANSWERED, organisation="b", by="SECRET", at=MOMENT),
        ),
    }
    return Match.model_validate(fields | more)


def test_staff_gets_all_of_it() -> None:
    assert disclosure.match(match(), COORDINATOR) == match()


def test_nothing_of_others_is_left_for_a_member() -> None:
    shown = disclosure.match(match(), OWNER)
    assert "SECRET" not in shown.model_dump_json()
    assert SECRET_TEXT not in shown.model_dump_json()
    assert shown.sides[1].answer is SideAnswer.PENDING, "the owner has not answered yet"
    assert [step.change for step in shown.history] == [MatchChange.ASKED]
    assert shown.waiting_for == ()


def test_the_other_side_reads_its_own_words() -> None:
    shown = disclosure.match(match(), OTHER)
    assert (shown.request_text, shown.outcome_text) == ("SECRET request", "SECRET outcome")
    assert shown.sides[1].text == "SECRET reason"
    assert shown.sides[1].answered_by is None
    assert (shown.decision, shown.comments, shown.rubric) == (None, (), None)


def test_confidential_texts_open_once_both_have_said_yes() -> None:
    shown = disclosure.match(match(both_agreed=True), OWNER)
    assert shown.sides[0].receives
    assert shown.sides[0].receives.answers[0].capability.text == SECRET_TEXT


@pytest.mark.parametrize("reader", [STRANGER, BATCH])
def test_somebody_elses_match_is_not_there(reader: Principal) -> None:
    with pytest.raises(ProblemError, match="not_found"):
        disclosure.match(match(), reader)
    right = ContactsRight(match_id=ID, introduced_at=MOMENT, organisations=("a", "b"))
    with pytest.raises(ProblemError, match="not_found"):
        disclosure.contacts_right(right, STRANGER)


def test_before_asking_only_the_asker_knows_and_only_that_it_is_reviewed() -> None:
    reviewed = match(state=MatchState.ON_HOLD, asked_at=None)
    assert disclosure.match(reviewed, OTHER).state is MatchState.IN_REVIEW
    with pytest.raises(ProblemError, match="not_found"):
        disclosure.match(reviewed, OWNER)


def test_a_page_has_only_what_the_reader_may_know_of() -> None:
    def row(one: str, other: str, **more: Any) -> MatchSummary:
        sides = (MatchOrganisation(id=one), MatchOrganisation(id=other))
        fields: dict[str, Any] = {
            "id": ID,
            "version": 1,
            "state": MatchState.SUGGESTED,
            "organisations": sides,
            "origin": MatchOrigin.RUN,
            "assignee": "SECRET",
            "flags": ("SECRET",),
            "created_at": MOMENT,
            "since": MOMENT,
            "updated_at": MOMENT,
        }
        return MatchSummary.model_validate(fields | more)

    rows = (row("a", "b"), row("a", "b", asked_at=MOMENT), row("b", "z", asked_at=MOMENT))
    page = disclosure.match_page(MatchPage(items=rows), OWNER)
    assert len(page.items) == 1
    assert "SECRET" not in page.model_dump_json()
    assert disclosure.match_page(MatchPage(items=rows), BATCH).items == ()


def test_a_history_without_who_and_why() -> None:
    history = MatchHistory(items=match().history)
    shown = disclosure.match_history(history, OWNER)
    assert "SECRET" not in shown.model_dump_json()
    assert MatchChange.REJECTED not in {step.change for step in shown.items}
    assert disclosure.match_history(history, COORDINATOR) == history
