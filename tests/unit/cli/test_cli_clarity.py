from typing import Any

import pytest
from rich.console import Console

from cli.clarity_display import clarity_blocks
from cli.suggestion_table import suggestion_table
from cli.unanswered import unanswered_block

ITEM: dict[str, Any] = {
    "id": "n1",
    "clarity": {
        "score": 0.12,
        "vague": True,
        "facets": {"materials": "[bold]graphene", "methods": None},
        "questions": [{"lack": "application", "question": "Where?", "example": '"In [a] port."'}],
    },
}


def shown() -> str:
    console = Console(width=80, highlight=False)
    with console.capture() as capture:
        console.print(clarity_blocks([ITEM]))
    return capture.get()


def test_a_vague_need_is_shown_with_what_it_says_and_what_to_ask(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    told = shown()
    assert "0.12  too vague to match  n1" in told
    assert "materials: [bold]graphene" in told
    assert '? Where?\n      for instance: "In [a] port."' in told


def test_labels_are_in_the_terminals_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert "过于笼统,难以匹配" in shown()
    assert "材料: [bold]graphene" in shown()


def test_an_unmet_must_have_stands_before_what_is_met(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    answer = {"need": {"text": "a need"}, "capability": {"text": "a craft"}, "score": 0.9}
    met = {"basis": "needs", "answers": [answer], "unmet": [], "unmet_must_haves": 0}
    lacking = {**met, "unmet": [{"text": "a must"}, {"text": "a wish"}], "unmet_must_haves": 1}
    item = {
        "rank": 1,
        "score": 0.5,
        "partner": {"id": "x", "names": {"en": "X"}},
        "receives": lacking,
        "gives": met,
    }
    console = Console(width=80, highlight=False)
    with console.capture() as capture:
        console.print(suggestion_table("me", [item]))
        console.print(unanswered_block([{"need": {"text": "nobody's"}}]))
    told = capture.get()
    assert told.index("a must") < told.index("a need")
    assert "a wish" not in told
    assert "no organisation on the platform answers:\n  ✗ nobody's" in told
