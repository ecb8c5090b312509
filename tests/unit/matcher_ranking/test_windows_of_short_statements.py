"""A short statement is its own window, though the index keeps none of it."""

import pytest

from services.matcher.domain.ranking_weights import RANKED_STATEMENTS
from services.matcher.domain.statements import StatementKey
from services.matcher.index_hits import FoundPoint, Hits, IndexHit
from services.matcher.service.text_hits import _with_short


def hits(*found: tuple[str, float, bool]) -> Hits:
    return Hits.of(
        IndexHit(FoundPoint(StatementKey("o", id), windowed=windowed), score)
        for id, score, windowed in found
    )


def test_short_ones_count_as_they_came_up_whole_and_long_ones_by_their_windows() -> None:
    whole = hits(("short", 0.8, False), ("long", 0.7, True), ("other long", 0.6, True))
    windows = hits(("long", 0.9, True), ("unseen", 0.5, True))
    found = _with_short(windows, whole)
    assert {one.key.statement: one.score for one in found} == {
        "long": 0.9,
        "short": 0.8,
        "unseen": 0.5,
    }


def test_only_as_many_are_left_as_were_asked_for() -> None:
    whole = hits(*((f"s{n}", 0.5 - n / 10_000, False) for n in range(RANKED_STATEMENTS)))
    windows = hits(*((f"l{n}", 0.5 - n / 10_000, True) for n in range(RANKED_STATEMENTS)))
    found = _with_short(windows, whole)
    assert len(found) == RANKED_STATEMENTS
    assert found.scores.min() == pytest.approx(0.5 - (RANKED_STATEMENTS / 2 - 1) / 10_000)
