"""TREC run files: written and read back to the same numbers, errors with file and line."""

from pathlib import Path

import pytest

from services.matcher.evaluation.dataset_error import DatasetError
from services.matcher.evaluation.run_file import read_run, write_run


def test_a_run_reads_back_with_the_same_scores(tmp_path: Path) -> None:
    run = {"q1": [("b", 1 / 3), ("a", 0.1 + 0.2 - 1)], "q2": [("合作", 1e-17), ("x", -2.5e10)]}
    write_run(tmp_path / "run.trec", run, "hezuo")
    assert read_run(tmp_path / "run.trec") == run


def test_lines_are_as_trec_eval_wants_them_and_ties_go_by_id(tmp_path: Path) -> None:
    write_run(tmp_path / "run", {"q": [("b", 0.5), ("c", 0.75), ("a", 0.5)]}, "two words")
    assert (tmp_path / "run").read_text().splitlines() == [
        "q Q0 c 1 0.75 two-words",
        "q Q0 a 2 0.5 two-words",
        "q Q0 b 3 0.5 two-words",
    ]


def test_the_order_is_that_of_the_scores_not_of_the_lines_or_ranks(tmp_path: Path) -> None:
    (tmp_path / "run").write_text("q Q0 a 1 0.1 t\nq\tQ0\tb\t2\t9\tt\n")
    assert read_run(tmp_path / "run") == {"q": [("b", 9.0), ("a", 0.1)]}


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("q Q0 a 1 0.5 t\nq Q0 b 2 0.5\n", 2, "5 columns instead of 6"),
        ("q Q0 a 1 high t\n", 1, "the score 'high' is no number"),
        ("q Q0 a 1 nan t\n", 1, "the score 'nan' is no number"),
        ("q Q0 a 1 2 t\nq Q0 a 2 1 t\n", 2, "'a' is ranked twice for 'q'"),
        ("", None, "the run file is empty"),
    ],
)
def test_a_bad_run_is_said_with_its_line(
    tmp_path: Path, text: str, line: int | None, problem: str
) -> None:
    (tmp_path / "run").write_text(text)
    with pytest.raises(DatasetError) as caught:
        read_run(tmp_path / "run")
    assert (caught.value.problem, caught.value.line) == (problem, line)


def test_a_missing_run_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="the run file is missing"):
        read_run(tmp_path / "run")
