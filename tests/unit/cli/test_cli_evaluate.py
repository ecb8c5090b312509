"""What `hezuo evaluate` and `hezuo compare` say without a good data set; nothing is started."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


def hezuo(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "HOME": str(cwd)}
    command = [sys.executable, "-m", "cli", *arguments]
    return subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    folder = tmp_path / "broken"
    folder.mkdir()
    good = '{"id": "a", "name": "A", "kind": "other", "capabilities": []}\n'
    (folder / "organisations.jsonl").write_text(good + good)
    (folder / "queries.jsonl").write_text('{"id": "q", "text": "words"}\n')
    (folder / "qrels.tsv").write_text("q\ta\t1\n")
    return folder


def test_a_bad_data_set_is_told_with_file_and_line(broken: Path, tmp_path: Path) -> None:
    done = hezuo("evaluate", "broken", "--json", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "organisations.jsonl:2: organisation id 'a' is there twice" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_weight_is_told_with_those_that_there_are(tmp_path: Path) -> None:
    for command in (["evaluate", ".", "--set", "fame=1"], ["compare", "fame=1", "standard"]):
        done = hezuo(*command, cwd=tmp_path)
        assert done.returncode == 2
        assert "there is no weight 'fame'" in done.stderr
        assert "text.named" in done.stderr


def test_weights_without_a_data_set_cannot_be_compared(tmp_path: Path) -> None:
    (tmp_path / "mine.json").write_text('{"named": 0}')
    done = hezuo("compare", "mine.json", "standard", cwd=tmp_path)
    assert done.returncode == 2
    assert "--dataset" in done.stderr


def test_a_comparison_of_nothing_is_told(tmp_path: Path) -> None:
    done = hezuo("compare", "a.json", "b.json", cwd=tmp_path)
    assert done.returncode == 2
    assert "a.json" in done.stderr
    assert "Traceback" not in done.stderr
