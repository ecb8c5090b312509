"""A flag follows its statement's text, and a decision holds for what it was given for."""

from datetime import UTC, datetime

import pytest

from services.profiles.domain.flags import (
    Action,
    Flag,
    FlagRefusedError,
    Found,
    after_screening,
    appealed,
    decided,
    forgotten,
    held_statements,
)
from shared.contracts.organisation import Side
from shared.contracts.screening import FlagState, FoundBy, Severity

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def found(
    digest: str = "d1",
    severity: Severity = Severity.HOLD,
    by: FoundBy = FoundBy.PATTERN,
    edition: int = 1,
) -> Found:
    return Found("s1", Side.NEED, digest, "some-rule", edition, severity, by)


def raised(hit: Found) -> Flag:
    (change,) = after_screening("acme", [], [hit], {"s1": hit.digest}, hit.by, NOW)
    assert change.action is Action.RAISED
    return change.flag


def test_a_note_holds_nothing_and_cannot_be_appealed() -> None:
    flag = raised(found(severity=Severity.NOTE))
    assert held_statements([flag]) == frozenset()
    with pytest.raises(FlagRefusedError):
        appealed(flag, "why?", "m", NOW)


def test_screening_again_changes_nothing() -> None:
    flag = raised(found())
    assert after_screening("acme", [flag], [found()], {"s1": "d1"}, FoundBy.PATTERN, NOW) == []


def test_a_changed_text_ends_a_flag_and_the_old_text_brings_its_decision_back() -> None:
    cleared = decided(raised(found()), FlagState.CLEARED, "fine", "c", NOW).flag
    (gone,) = after_screening("acme", [cleared], [], {"s1": "d2"}, FoundBy.PATTERN, NOW)
    assert gone.flag.state is FlagState.GONE
    (back,) = after_screening("acme", [gone.flag], [found()], {"s1": "d1"}, FoundBy.PATTERN, NOW)
    assert (back.action, back.flag.state) == (Action.REOPENED, FlagState.CLEARED)


def test_a_new_edition_of_a_rule_asks_again() -> None:
    cleared = decided(raised(found()), FlagState.CLEARED, "fine", "c", NOW).flag
    changes = after_screening(
        "acme", [cleared], [found(edition=2)], {"s1": "d1"}, FoundBy.PATTERN, NOW
    )
    assert {change.action for change in changes} == {Action.GONE, Action.RAISED}


def test_likeness_and_patterns_end_their_own_flags_only() -> None:
    flag = raised(found(by=FoundBy.EMBEDDING))
    assert after_screening("acme", [flag], [], {"s1": "d2"}, FoundBy.PATTERN, NOW) == []
    (gone,) = after_screening("acme", [flag], [], {"s1": "d2"}, FoundBy.EMBEDDING, NOW)
    assert gone.flag.state is FlagState.GONE
    (removed,) = after_screening("acme", [flag], [], {}, FoundBy.PATTERN, NOW)
    assert removed.flag.state is FlagState.GONE


def test_a_block_is_cleared_only_after_an_appeal() -> None:
    flag = raised(found(severity=Severity.BLOCK))
    with pytest.raises(FlagRefusedError):
        decided(flag, FlagState.CLEARED, "fine", "c", NOW)
    asked = appealed(flag, "research only", "m", NOW).flag
    assert asked.holds
    assert not decided(asked, FlagState.CLEARED, "fine", "c", NOW).flag.holds


def test_a_decision_may_be_changed_and_an_erasure_takes_its_words() -> None:
    flag = appealed(raised(found()), "research only", "m", NOW).flag
    upheld = decided(flag, FlagState.UPHELD, "it is trading", "c", NOW).flag
    assert upheld.holds
    cleared = decided(upheld, FlagState.CLEARED, "I was wrong", "c", NOW).flag
    with pytest.raises(FlagRefusedError):
        decided(cleared, FlagState.CLEARED, "again", "c", NOW)
    gone = forgotten(cleared, NOW).flag
    assert (gone.state, gone.appeal, gone.reason) == (FlagState.GONE, None, None)
