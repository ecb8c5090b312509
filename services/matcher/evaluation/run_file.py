"""TREC run files: `query Q0 document rank score tag` on each line."""

from collections.abc import Mapping
from math import isfinite
from pathlib import Path

from services.matcher.evaluation.dataset_error import DatasetError
from services.matcher.evaluation.engine import Ranking
from services.matcher.evaluation.lines import numbered_lines
from services.matcher.evaluation.ordering import in_order

Run = dict[str, Ranking]

_FORMAT = "`query Q0 document rank score tag`, separated by blanks"


def write_run(file: Path, run: Mapping[str, Ranking], tag: str) -> None:
    """Scores are written so that they read back as the same numbers; ties go by id."""
    tag = "-".join(tag.split()) or "run"
    with file.open("w", encoding="utf-8", newline="\n") as out:
        for query, ranking in run.items():
            for rank, (name, score) in enumerate(in_order(ranking), start=1):
                out.write(f"{query} Q0 {name} {rank} {score!r} {tag}\n")


def read_run(file: Path) -> Run:
    """Ordered by score, then id; the rank column is not used, as in trec_eval.

    Raises DatasetError on a missing file, a broken line and a document that is there twice.
    """
    if not file.is_file():
        raise DatasetError(file, None, "the run file is missing", "name a run file")
    found: dict[str, dict[str, float]] = {}
    for number, line in numbered_lines(file):
        query, name, score = _columns(file, number, line)
        documents = found.setdefault(query, {})
        if name in documents:
            problem = f"{name!r} is ranked twice for {query!r}"
            raise DatasetError(file, number, problem, "keep one of the two lines")
        documents[name] = score
    if not found:
        raise DatasetError(file, None, "the run file is empty", "name a run file with rankings")
    return {query: in_order(documents.items()) for query, documents in found.items()}


def _columns(file: Path, number: int, line: str) -> tuple[str, str, float]:
    columns = line.split()
    if len(columns) != 6:
        raise DatasetError(file, number, f"{len(columns)} columns instead of 6", _FORMAT)
    try:
        score = float(columns[4])
    except ValueError:
        score = float("nan")
    if not isfinite(score):
        raise DatasetError(file, number, f"the score {columns[4]!r} is no number", _FORMAT)
    return columns[0], columns[2], score
