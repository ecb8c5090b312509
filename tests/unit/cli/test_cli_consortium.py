import json
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from cli.call_file import read_call
from cli.consortium_table import consortium_table
from cli.failures import CommandError


def said(text: str) -> dict[str, str]:
    return {"zh": f"中:{text}", "en": text}


def partner(id: str) -> dict[str, Any]:
    return {"id": id, "names": {"zh": None, "en": id.title()}}


def cell(organisation: str, score: float) -> dict[str, Any]:
    return {"organisation": organisation, "score": score, "covers": score >= 0.3}


def answer(**more: Any) -> dict[str, Any]:
    members = [
        {
            "partner": partner(id),
            "contribution": 0.4,
            "why": [said(f"needed {id}")],
            "alternatives": [{"partner": partner(f"{id}-two"), "change": -0.1}],
        }
        for id in ("caves", "optics")
    ]
    rows = [
        {"covered_by": "caves", "cells": [cell("caves", 0.9), cell("optics", 0.31)]},
        {"covered_by": None, "cells": [cell("caves", 0.1), cell("optics", 0.0)]},
    ]
    proposal = {
        "rank": 1,
        "coverage": 0.45,
        "members": members,
        "matrix": rows,
        "uncovered": [{"said": said("nobody covers guide"), "nearest": ["shows"]}],
        "promise": {"said": said("90% of any")},
    }
    requirements = [
        {"id": "scan", "text": "[bold]scanning", "must_have": True},
        {"id": "guide", "text": "guides", "must_have": False},
    ]
    return {
        "title": "A call",
        "requirements": requirements,
        "proposals": [proposal],
        "infeasible": None,
        "notes": [said("checked before")],
        **more,
    }


def shown(content: object) -> str:
    console = Console(width=120, highlight=False)
    with console.capture() as capture:
        console.print(content)
    return capture.get()


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


def test_the_matrix_tells_best_sufficient_and_insufficient_cells_apart() -> None:
    told = shown(consortium_table(answer()))
    scan = next(line for line in told.splitlines() if "[bold]scanning" in line)
    assert scan.split()[-2:] == ["0.90*", "0.31"]
    guide = next(line for line in told.splitlines() if "guides" in line)
    assert guide.split()[-2:] == ["(0.10)", "·"]
    for text in ("Caves", "needed optics", "optics-two (-0.10)", "nobody covers guide", "90% of"):
        assert text in told


def test_what_would_help_is_told_in_the_terminals_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    infeasible = {
        "said": said("no set"),
        "reasons": [said("nobody")],
        "ways_out": [{"steps": [{"said": said("one more seat")}]}],
    }
    told = shown(consortium_table(answer(infeasible=infeasible, proposals=[])))
    for text in ("中:no set", "中:nobody", "可行的放宽: 中:one more seat", "无法给出任何方案"):
        assert text in told


def test_a_call_is_read_with_or_without_a_byte_order_mark(tmp_path: Path) -> None:
    for encoding in ("utf-8", "utf-8-sig"):
        (tmp_path / "call.json").write_text(json.dumps({"title": "x"}), encoding)
        assert read_call(tmp_path / "call.json") == {"title": "x"}


@pytest.mark.parametrize(
    ("content", "told"), [("{\n]", "line 2"), ("[]", "JSON object"), (None, "cannot be read")]
)
def test_a_file_that_is_no_call_is_named(tmp_path: Path, content: str | None, told: str) -> None:
    file = tmp_path / "call.json"
    if content is not None:
        file.write_text(content)
    with pytest.raises(CommandError, match=told) as refused:
        read_call(file)
    assert "call.json" in str(refused.value)
