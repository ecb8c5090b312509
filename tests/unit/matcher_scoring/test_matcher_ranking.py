import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.matcher.domain.language import detect_language
from services.matcher.domain.ranking import Place, best_first, page_after
from services.matcher.service.cursors import (
    read_cursor,
    read_id_cursor,
    write_cursor,
    write_id_cursor,
)
from services.matcher.service.failures import is_passing
from shared.errors import ProblemError

Items = st.dictionaries(st.text("abc", min_size=1, max_size=3), st.sampled_from([0.1, 0.5, 1.0]))


@given(Items, st.integers(1, 4))
def test_pages_together_are_the_whole_order(scores: dict[str, float], limit: int) -> None:
    seen: list[tuple[int, str]] = []
    after: Place | None = None
    while True:
        page = page_after(list(scores), lambda id: (scores[id], id), after=after, limit=limit)
        seen += page.items
        after = read_cursor(write_cursor(page.next))
        if after is None:
            break
    assert [id for _, id in seen] == best_first(scores)
    assert [rank for rank, _ in seen] == list(range(1, len(scores) + 1))


@pytest.mark.parametrize(
    "cursor", ["", "x", "W10", "bnVsbA", "WzEsMiwzXQ", "é", "WzFlOTk5LCJhIiwxXQ"]
)
def test_foreign_cursors_are_refused(cursor: str) -> None:
    with pytest.raises(ProblemError, match="invalid_request"):
        read_cursor(cursor)


def test_cursors_of_lists_in_id_order() -> None:
    assert read_id_cursor(write_id_cursor(7)) == 7
    with pytest.raises(ProblemError):
        read_id_cursor("WzEsMiwzXQ")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("eye tracking", "en"),
        ("眼动追踪算法", "zh"),
        ("基于OpenXR与WebGPU的眼动追踪", "zh"),
        ("the Nanjing (南京) branch of our institute", "en"),
        ("12345", "en"),
    ],
)
def test_languages_are_told_apart(text: str, language: str) -> None:
    assert detect_language(text) == language


def test_failures_that_pass_are_told_from_those_that_do_not() -> None:
    assert is_passing(ProblemError("not_ready", what="profiles"))
    assert is_passing(ConnectionRefusedError())
    assert not is_passing(ValueError("text 3 has no usable vector"))
    assert not is_passing(ProblemError("internal"))
