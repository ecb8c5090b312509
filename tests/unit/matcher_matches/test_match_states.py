"""The table of states: nobody gets further than it says."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from services.matcher.domain.matches.again import Refusal, again
from services.matcher.domain.matches.answers import answer, ask, expire, introduce, nudge, wait
from services.matcher.domain.matches.decisions import decide, may_undo, undo
from services.matcher.domain.matches.endings import close, collaborate, withdraw
from services.matcher.domain.matches.policy import MatchPolicy
from services.matcher.domain.matches.rubric import Review, agreement, passes
from services.matcher.domain.matches.states import (
    DONE_STATES,
    TRANSITIONS,
    Mover,
    MoveRefusedError,
    may,
    target,
)
from services.matcher.domain.matches.stored import (
    Decided,
    Ended,
    Said,
    SideSaid,
    StoredMatch,
    SuggestedAgain,
    TurnedDown,
)
from services.matcher.domain.pairs import Pair
from shared.contracts.decisions import Reason
from shared.contracts.match_document import Agreement
from shared.contracts.match_requests import Decision, MatchOutcome, RubricScores, SideAnswer
from shared.contracts.matches import MatchChange, MatchOrigin, MatchState

NOW = datetime(2026, 11, 1, tzinfo=UTC)
POLICY = MatchPolicy()
STATED = {"a": "1", "b": "2"}


def match(state: MatchState = MatchState.SUGGESTED, **more: object) -> StoredMatch:
    made = StoredMatch("m", Pair("a", "b"), 4, state, MatchOrigin.RUN, NOW, NOW, NOW)
    return replace(made, **more)  # type: ignore[arg-type]


def decided(decision: Decision, at: datetime = NOW) -> Decided:
    return Decided(decision, "ana", at)


def yes(at: datetime = NOW) -> SideSaid:
    return SideSaid(SideAnswer.INTERESTED, at, "m")


def test_every_state_is_reached_and_only_done_ones_are_left_by_suggesting() -> None:
    reached = {row.target for row in TRANSITIONS if row.target}
    assert reached == set(MatchState)
    for state in DONE_STATES:
        out = {
            r.change for r in TRANSITIONS if state in r.sources and r.target not in (state, None)
        }
        assert out <= {MatchChange.SUGGESTED_AGAIN, MatchChange.REQUESTED, MatchChange.TAKEN_UP}


def test_members_never_decide() -> None:
    every = ((change, state) for change in MatchChange for state in MatchState)
    mine = {change.value for change, state in every if may(change, state, Mover.MEMBER)}
    assert mine == {"answered", "declined", "collaborating", "closed", "requested"}


def test_a_step_that_is_not_in_the_table_is_refused() -> None:
    with pytest.raises(MoveRefusedError) as raised:
        target(MatchChange.APPROVED, MatchState.CLOSED, Mover.COORDINATOR)
    assert (raised.value.change, raised.value.state) == (MatchChange.APPROVED, MatchState.CLOSED)


def test_each_step_is_a_version_and_mutates_nothing() -> None:
    before = match()
    moved = decide(before, decided(Decision.APPROVE), POLICY, stated=STATED)
    assert (before.version, before.state) == (4, MatchState.SUGGESTED)
    assert (moved.match.version, moved.match.state) == (5, MatchState.APPROVED)
    assert moved.match.due_at == NOW + POLICY.undo
    assert moved.audited == {"from": "suggested", "to": "approved", "version": 5}


@pytest.mark.parametrize("decision", [Decision.REVIEW, Decision.HOLD, Decision.REJECT])
def test_undo_puts_everything_back_but_the_version(decision: Decision) -> None:
    before = match(since=NOW - timedelta(days=3))
    moved = decide(before, decided(decision), POLICY, stated=STATED).match
    soon = NOW + POLICY.undo - timedelta(seconds=1)
    assert may_undo(moved, soon)
    back = undo(moved, soon).match
    assert replace(back, version=4, updated_at=before.updated_at) == before
    assert not may_undo(back, soon), "once"
    with pytest.raises(MoveRefusedError):
        undo(moved, NOW + POLICY.undo)


def test_undoing_a_rejection_keeps_what_a_pair_had_come_to_before() -> None:
    earlier = TurnedDown(NOW - timedelta(days=200), "declined", (), STATED)
    here_again = match(said=Said(turned_down=earlier, again=SuggestedAgain("time_passed")))
    rejected = decide(here_again, decided(Decision.REJECT), POLICY, stated=STATED).match
    assert rejected.said.turned_down != earlier
    assert undo(rejected, NOW).match.said.turned_down == earlier


def test_nothing_can_be_undone_once_both_sides_are_asked() -> None:
    approved = decide(match(), decided(Decision.APPROVE), POLICY, stated=STATED).match
    asked = ask(approved, Mover.COORDINATOR, NOW, POLICY).match
    assert not may_undo(asked, NOW)
    with pytest.raises(MoveRefusedError):
        undo(asked, NOW)


def test_two_times_yes_stop_the_clock_and_a_no_ends_it() -> None:
    asked = ask(match(MatchState.APPROVED), Mover.PLATFORM, NOW, POLICY).match
    assert asked.due_at == NOW + POLICY.expire_after
    one = answer(asked, "a", yes(), Mover.MEMBER, STATED).match
    assert (one.agreed, one.pending, one.due_at) == (False, ("b",), asked.due_at)
    both = answer(one, "b", yes(), Mover.MEMBER, STATED).match
    assert (both.agreed, both.due_at, both.state) == (True, None, MatchState.ASKED)
    no = replace(yes(), answer=SideAnswer.DECLINED, reasons=(Reason.CAPACITY,))
    ended = answer(both, "b", no, Mover.MEMBER, STATED)
    assert ended.match.state is MatchState.CLOSED
    assert ended.match.said.ended == Ended(MatchOutcome.DECLINED, "m", "b")
    assert ended.match.said.turned_down == TurnedDown(NOW, "declined", (Reason.CAPACITY,), STATED)


def test_waiting_is_said_once_for_the_same_organisations() -> None:
    asked = match(MatchState.ASKED)
    first = wait(asked, ["b"], NOW)
    assert first is not None
    assert wait(first.match, ["b"], NOW) is None
    assert wait(first.match, ["a"], NOW) is not None
    assert introduce(first.match, Mover.PLATFORM, NOW).match.waiting == ()


def test_silence_names_the_silent() -> None:
    asked = answer(match(MatchState.ASKED), "a", yes(), Mover.MEMBER, STATED).match
    assert nudge(asked, NOW).details == {"silent": "b"}
    expired = expire(asked, NOW, STATED)
    assert expired.details == {"silent": "b"}
    assert expired.match.said.turned_down == TurnedDown(NOW, "expired", (), STATED)


def test_the_end_of_a_collaboration_and_of_an_organisation() -> None:
    together = collaborate(match(MatchState.INTRODUCED), Mover.MEMBER, "a", NOW).match
    ended = Ended(MatchOutcome.SUCCEEDED, "m", "a")
    assert close(together, Mover.MEMBER, ended, NOW, STATED).match.state is MatchState.CLOSED
    assert withdraw(together, "a", NOW).match.state is MatchState.WITHDRAWN
    with pytest.raises(MoveRefusedError):
        close(match(MatchState.ASKED), Mover.MEMBER, ended, NOW, STATED)


@pytest.mark.parametrize(
    ("reasons", "stated", "days", "because"),
    [
        ((), {"a": "1", "b": "2"}, 10, None),
        ((), {"a": "1", "b": "9"}, 10, "profile_changed"),
        ((Reason.CONFLICT_OF_INTEREST,), {"a": "1", "b": "9"}, 10, None),
        ((Reason.CONFLICT_OF_INTEREST,), {"a": "1", "b": "9"}, 180, "time_passed"),
        ((), {"a": "1", "b": "2"}, 180, "time_passed"),
        ((), {}, 179, None),
    ],
)
def test_suggesting_again(
    reasons: tuple[Reason, ...], stated: dict[str, str], days: int, because: str | None
) -> None:
    down = TurnedDown(NOW, "rejected", reasons, STATED)
    found = again(down, stated, NOW + timedelta(days=days), POLICY)
    if because is None:
        assert found == Refusal(down, NOW + timedelta(days=180))
    else:
        assert isinstance(found, SuggestedAgain)
        assert found.because == because


def test_what_was_only_withdrawn_returns_at_once() -> None:
    assert again(None, STATED, NOW, POLICY) == SuggestedAgain("returned")


def scores(*marks: int) -> RubricScores:
    return RubricScores(fit=marks[0], strength=marks[1], feasibility=marks[2], benefit=marks[3])


@pytest.mark.parametrize(
    ("marks", "expected"),
    [((3, 3, 3, 3), True), ((5, 5, 5, 1), False), ((2, 3, 3, 3), False), ((2, 4, 3, 3), True)],
)
def test_each_criterion_and_the_mean_have_a_threshold(
    marks: tuple[int, ...], expected: bool
) -> None:
    assert passes(scores(*marks), POLICY) is expected


@pytest.mark.parametrize(
    ("reviewers", "expected"),
    [
        ("", Agreement.INCOMPLETE),
        ("a", Agreement.INCOMPLETE),
        ("ab", Agreement.FOR),
        ("AB", Agreement.AGAINST),
        ("aB", Agreement.SPLIT),
        ("abC", Agreement.SPLIT),
    ],
)
def test_reviewers_agree_or_not(reviewers: str, expected: Agreement) -> None:
    reviews = [
        Review(name, scores(4, 4, 4, 4) if name.islower() else scores(1, 1, 1, 1), NOW)
        for name in reviewers
    ]
    assert agreement(reviews, 2, POLICY) is expected
    assert agreement(reviews, 1, POLICY) is Agreement.NOT_ASKED
