"""Who is barred, and what happens where they are too many to be named to the index."""

from datetime import date
from string import Formatter

import pytest

from services.matcher.domain.pairs import Pair
from services.matcher.domain.restrictions import WIDEST_DEPTH, Restrictions, months_before, widened
from shared.contracts.why_not import NOT_FOR_MEMBERS, ReasonCode
from shared.reason_catalogue import CATALOGUE, reason

FULL = frozenset({ReasonCode.AT_CAPACITY})
CONFLICT = frozenset({ReasonCode.CONFLICT_OF_INTEREST})


def test_pair_constraints_are_named_to_the_index_before_those_that_hold_for_all() -> None:
    found = Restrictions({"z": CONFLICT}, {"a": FULL, "b": FULL, "z": FULL})
    assert found.excluded(2) == ("a", "z")
    assert found.excluded(10) == ("a", "b", "z")
    assert found.barred == {"a", "b", "z"}
    assert found.reasons("z") == (ReasonCode.CONFLICT_OF_INTEREST, ReasonCode.AT_CAPACITY)
    assert found.reasons("free") == ()


def test_a_ranking_looks_deeper_by_the_share_of_those_it_must_leave_out() -> None:
    assert widened(100, 0, 5000) == 100
    assert widened(100, 2500, 5000) == 200
    assert widened(100, 4999, 5000) == WIDEST_DEPTH
    assert widened(1000, 4999, 5000) == 1000, "an evaluation's own depth is never cut"


def test_months_end_on_a_day_that_there_is() -> None:
    assert months_before(date(2026, 11, 24), 24) == date(2024, 11, 24)
    assert months_before(date(2026, 3, 31), 1) == date(2026, 2, 28)
    assert months_before(date(2024, 3, 30), 1) == date(2024, 2, 29)
    assert months_before(date(2026, 1, 15), 1) == date(2025, 12, 15)


def test_a_pair_has_no_order_and_two_members() -> None:
    assert Pair.of("b", "a") == Pair.of("a", "b") == ("a", "b")
    assert Pair.of("a", "b").other_than("b") == "a"
    with pytest.raises(ValueError, match="two"):
        Pair.of("a", "a")


@pytest.mark.parametrize("code", ReasonCode)
def test_every_reason_has_a_sentence_in_both_languages_with_the_same_gaps(code: ReasonCode) -> None:
    zh, en = CATALOGUE[code]
    assert {n for _, n, _, _ in Formatter().parse(zh) if n} == {
        n for _, n, _, _ in Formatter().parse(en) if n
    }
    assert any("\u4e00" <= character <= "\u9fff" for character in zh)
    assert en.isascii()


def test_the_neutral_reason_takes_nothing_from_what_it_hides() -> None:
    assert ReasonCode.UNDISCLOSED not in NOT_FOR_MEMBERS
    assert "{" not in "".join(CATALOGUE[ReasonCode.UNDISCLOSED])
    assert reason(ReasonCode.UNDISCLOSED) == reason(ReasonCode.UNDISCLOSED, {"months": 3})
