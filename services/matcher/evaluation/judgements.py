"""Reads `qrels.tsv`."""

import re
from collections.abc import Set
from dataclasses import dataclass
from pathlib import Path

from services.matcher.evaluation.dataset_error import DatasetError
from services.matcher.evaluation.lines import numbered_lines

_GRADE = re.compile(r"[0-9]{1,3}")
_FORMAT = "query id, organisation id and grade, separated by tabs"


@dataclass(frozen=True)
class Judgement:
    """How relevant an organisation is to a query; on which line that stands."""

    query: str
    organisation: str
    grade: int
    line: int


def read_judgements(file: Path, organisations: Set[str], queries: Set[str]) -> list[Judgement]:
    """All lines. Raises DatasetError."""
    found: dict[tuple[str, str], Judgement] = {}
    for number, line in numbered_lines(file):
        one = _judgement(file, number, line)
        _known(file, number, "query", one.query, queries)
        _known(file, number, "organisation", one.organisation, organisations)
        earlier = found.setdefault((one.query, one.organisation), one)
        if earlier is not one:
            problem = (
                f"{one.organisation!r} is judged twice for {one.query!r} "
                f"(first on line {earlier.line})"
            )
            raise DatasetError(file, number, problem, "keep one of the two lines")
    if not any(one.grade for one in found.values()):
        raise DatasetError(file, None, "nothing is relevant to any query", "add judgements")
    return list(found.values())


def _judgement(file: Path, number: int, line: str) -> Judgement:
    columns = line.split("\t")
    if len(columns) != 3:
        raise DatasetError(file, number, f"{len(columns)} columns instead of 3", _FORMAT)
    query, organisation, grade = columns
    if not _GRADE.fullmatch(grade):
        problem = f"the grade {grade[:20]!r} is no whole number from 0 to 999"
        raise DatasetError(file, number, problem, "1 = relevant, more = more relevant, 0 = not")
    return Judgement(query, organisation, int(grade), number)


def _known(file: Path, number: int, what: str, name: str, known: Set[str]) -> None:
    if name not in known:
        mend = "correct the id, or remove the line"
        raise DatasetError(file, number, f"unknown {what} {name!r}", mend)
