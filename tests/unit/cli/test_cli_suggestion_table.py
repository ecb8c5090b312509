from typing import Any

import pytest
from rich.console import Console

from cli.language import name_in
from cli.suggestion_table import hit_table, shorten, suggestion_table
from cli.why_not_text import why_not_text


def statement(text: str | None) -> dict[str, Any]:
    return {"text": text}


def direction(score: float, basis: str = "needs") -> dict[str, Any]:
    answer = {
        "need": statement("a need"),
        "capability": statement("[bold]an answer"),
        "score": score,
    }
    return {"basis": basis, "answers": [answer], "unmet": []}


def item(receives: dict[str, Any], gives: dict[str, Any]) -> dict[str, Any]:
    partner = {"id": "an-id-that-has-to-be-copied", "names": {"zh": "示例", "en": "Sample"}}
    return {"rank": 1, "score": 0.5, "partner": partner, "receives": receives, "gives": gives}


def shown(content: object, width: int = 60) -> str:
    console = Console(width=width, highlight=False)
    with console.capture() as capture:
        console.print(content)
    return capture.get()


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


def test_ids_stay_in_one_piece_and_texts_are_no_markup() -> None:
    told = shown(suggestion_table("me", [item(direction(0.9), direction(0.8))]))
    assert "0.50  Sample  an-id-that-has-to-be-copied" in told
    assert "[bold]an answer (0.90)" in told


def test_who_stands_for_one_that_was_moved_down_is_told() -> None:
    stand_in = {"names": {"en": "Sister"}, "likeness": "sister", "rank_by_score": 2}
    moved = item(direction(0.9), direction(0.8)) | {"stands_for_it": stand_in}
    assert "Sister (of the same parent, #2)" in shown(suggestion_table("me", [moved]))


def test_why_not_tells_the_reasons_and_what_they_rest_on(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = {
        "other": "x-1",
        "partner": {"names": {"zh": "示例", "en": "Sample"}},
        "reasons": [{"code": "lower_score", "en": "Too low.", "zh": "得分偏低。"}],
        "score": 0.25,
        "last_shown_score": 0.75,
        "lower_features": [{"name": "receives", "contribution": 0.1, "last_shown": 0.6}],
        "receives": {"unmet": [statement("a need"), statement(None)]},
        "gives": None,
    }
    told = shown(why_not_text(answer), 100)
    assert "Sample  x-1" in told
    assert "Too low. (lower_score)" in told
    assert "0.250; the last one shown: 0.750" in told
    assert "receives 0.10 < 0.60" in told
    assert "(confidential)" in told
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert "得分偏低。" in shown(why_not_text(answer), 100)


def test_a_need_that_nobody_answers_is_told_as_unmet() -> None:
    told = shown(suggestion_table("me", [item(direction(0.01), direction(0.8, "related_work"))]))
    assert "unmet      a need" in told
    assert "0.01" not in told
    assert "no needs stated" in told


def test_labels_and_names_are_in_the_terminals_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    told = shown(suggestion_table("me", [item(direction(0.9), direction(0.8))]))
    assert "示例" in told
    assert "我方需要" in told
    assert name_in({"zh": None, "en": "Only English"}) == "Only English"


def test_hits_show_their_best_reason_and_hide_confidential_text() -> None:
    matches = [
        {"statement": statement(None), "score": 0.7},
        {"statement": statement("weak"), "score": 0.0},
    ]
    told = shown(hit_table("words", [{**item({}, {}), "matches": matches}]))
    assert "(confidential) (0.70)" in told
    assert "weak" not in told


def test_a_line_is_shortened_by_cells_not_characters() -> None:
    assert shorten("光学  设计", 8) == "光学 设…"
    assert shorten("short", 5) == "short"
