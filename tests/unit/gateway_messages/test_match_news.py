"""Who hears what of a match, and who must not."""

from datetime import UTC, datetime

import pytest

from services.gateway.messages.match_news import match_news, needs_the_match
from services.gateway.messages.notes import News
from shared.contracts.match_document import HistoryEntry, Match, MatchSide
from shared.contracts.match_requests import SideAnswer
from shared.contracts.matches import MatchChange, MatchChanged, MatchOrigin, MatchState
from shared.contracts.messages import MessageKind
from shared.contracts.organisation import Names

_MOMENT = datetime(2026, 11, 1, tzinfo=UTC)
_ID = "0" * 32
_PENDING, _YES, _NO = SideAnswer.PENDING, SideAnswer.INTERESTED, SideAnswer.DECLINED


def _event(change: MatchChange, state: MatchState = MatchState.ASKED) -> MatchChanged:
    return MatchChanged(
        event_id="e1",
        match_id=_ID,
        version=7,
        change=change,
        state=state,
        organisations=("a", "b"),
        occurred_at=_MOMENT,
        request_id="r",
    )


def _match(
    a: SideAnswer = _PENDING,
    b: SideAnswer = _PENDING,
    *,
    state: MatchState = MatchState.ASKED,
    requested_by: str | None = None,
    assignee: str | None = None,
    last: HistoryEntry | None = None,
) -> Match:
    sides = (
        MatchSide(id="a", names=Names(en="Alpha"), answer=a),
        MatchSide(id="b", names=Names(zh="贝塔"), answer=b),
    )
    return Match(
        id=_ID,
        version=7,
        state=state,
        sides=sides,
        origin=MatchOrigin.RUN,
        requested_by=requested_by,
        assignee=assignee,
        created_at=_MOMENT,
        since=_MOMENT,
        updated_at=_MOMENT,
        history=(last,) if last else (),
    )


def told(news: News) -> dict[str, MessageKind]:
    return {note.recipient: note.kind for note in news.notes}


def audience(news: News) -> set[str]:
    assert news.event
    return set(news.event.audience)


def test_both_are_asked_about_the_other() -> None:
    news = match_news(_event(MatchChange.ASKED), _match())
    assert {note.recipient: note.about.organisation.id for note in news.notes} == {
        "organisation:a": "b",
        "organisation:b": "a",
    }
    assert audience(news) == {"staff", "organisation:a", "organisation:b"}


def test_who_asked_for_it_is_told_that_the_other_is_asked_and_not_asked_again() -> None:
    news = match_news(_event(MatchChange.ASKED), _match(a=_YES, requested_by="a"))
    assert told(news) == {
        "organisation:a": MessageKind.MATCH_TAKEN_UP,
        "organisation:b": MessageKind.MATCH_ASKED,
    }


def test_only_the_silent_side_is_nudged_and_only_while_it_is_asked() -> None:
    nudged = match_news(_event(MatchChange.NUDGED), _match(a=_YES))
    assert told(nudged) == {"organisation:b": MessageKind.MATCH_NUDGED}
    assert audience(nudged) == {"staff", "organisation:b"}
    late = match_news(_event(MatchChange.NUDGED), _match(a=_YES, state=MatchState.CLOSED))
    assert not late.notes


def test_one_sides_answer_is_for_staff_alone() -> None:
    news = match_news(_event(MatchChange.ANSWERED), None)
    assert not news.notes
    assert audience(news) == {"staff"}


def test_the_other_side_is_told_of_a_no_and_the_one_that_said_it_is_not() -> None:
    news = match_news(_event(MatchChange.DECLINED, MatchState.CLOSED), _match(a=_YES, b=_NO))
    assert told(news) == {"organisation:a": MessageKind.MATCH_DECLINED}


def test_silence_is_told_to_each_side_in_its_own_way() -> None:
    news = match_news(_event(MatchChange.EXPIRED, MatchState.CLOSED), _match(a=_YES))
    assert told(news) == {
        "organisation:a": MessageKind.MATCH_NO_ANSWER,
        "organisation:b": MessageKind.MATCH_EXPIRED,
    }


@pytest.mark.parametrize(
    "change",
    [
        MatchChange.SUGGESTED,
        MatchChange.TAKEN_UP,
        MatchChange.HELD,
        MatchChange.APPROVED,
        MatchChange.REJECTED,
        MatchChange.UNDONE,
        MatchChange.COMMENTED,
        MatchChange.SCORED,
        MatchChange.ASSIGNED,
        MatchChange.ANSWERED,
    ],
)
def test_members_hear_nothing_of_what_coordinators_do(change: MatchChange) -> None:
    news = match_news(_event(change), _match(state=MatchState.IN_REVIEW))
    assert audience(news) == {"staff"}
    assert not any(note.recipient.startswith("organisation:") for note in news.notes)


def test_who_asked_for_an_introduction_hears_that_it_is_not_to_be() -> None:
    rejected = _event(MatchChange.REJECTED, MatchState.REJECTED)
    news = match_news(rejected, _match(requested_by="b", state=MatchState.REJECTED))
    assert told(news) == {"organisation:b": MessageKind.MATCH_NOT_TAKEN_UP}
    assert audience(news) == {"staff", "organisation:b"}


def test_a_request_comes_to_the_coordinators() -> None:
    news = match_news(_event(MatchChange.REQUESTED), _match(requested_by="a"))
    assert told(news) == {"role:coordinator": MessageKind.MATCH_REQUESTED}


def test_what_a_coordinator_proposes_is_no_members_request() -> None:
    by_hand = HistoryEntry(change=MatchChange.REQUESTED, by="chen", at=_MOMENT)
    news = match_news(_event(MatchChange.REQUESTED), _match(last=by_hand, requested_by="a"))
    assert not news.notes


def test_a_full_calendar_is_told_to_both_and_to_coordinators() -> None:
    news = match_news(_event(MatchChange.WAITING), _match(a=_YES, b=_YES))
    assert told(news)["role:coordinator"] is MessageKind.MATCH_READY
    assert told(news)["organisation:a"] is MessageKind.MATCH_WAITING


@pytest.mark.parametrize(
    ("before", "known"), [(MatchState.ASKED, True), (MatchState.IN_REVIEW, False)]
)
def test_a_withdrawal_is_told_to_the_one_who_stays_if_it_knew_of_the_match(
    before: MatchState, known: bool
) -> None:
    last = HistoryEntry(
        change=MatchChange.WITHDRAWN, from_state=before, organisation="b", at=_MOMENT
    )
    withdrawn = _event(MatchChange.WITHDRAWN, MatchState.WITHDRAWN)
    news = match_news(withdrawn, _match(state=MatchState.WITHDRAWN, last=last))
    assert told(news) == ({"organisation:a": MessageKind.MATCH_WITHDRAWN} if known else {})
    assert ("organisation:a" in audience(news)) is known


def test_a_case_that_is_given_to_somebody_is_told_unless_it_was_taken() -> None:
    by_other = HistoryEntry(change=MatchChange.ASSIGNED, by="chen", at=_MOMENT)
    given = match_news(_event(MatchChange.ASSIGNED), _match(assignee="li", last=by_other))
    assert told(given) == {"person:li": MessageKind.MATCH_ASSIGNED}
    taken = match_news(_event(MatchChange.ASSIGNED), _match(assignee="chen", last=by_other))
    assert not taken.notes


def test_what_a_run_suggests_needs_no_reading() -> None:
    assert not needs_the_match(_event(MatchChange.SUGGESTED))
    assert needs_the_match(_event(MatchChange.INTRODUCED))


def test_a_match_that_is_gone_is_told_to_staff_alone() -> None:
    news = match_news(_event(MatchChange.INTRODUCED, MatchState.INTRODUCED), None)
    assert not news.notes
    assert audience(news) == {"staff"}
