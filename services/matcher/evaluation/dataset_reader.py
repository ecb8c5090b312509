"""Reads a data set folder; what is wrong with it is said with file and line, never skipped.

A name in `collaborations` that the set does not hold is a warning with its count: others than
those in the set have worked with somebody, too. Everywhere else it is an error. What the platform
takes in otherwise than it stands there is a warning as well.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from services.matcher.evaluation.dataset import Corpus, Dataset, Organisation, Query
from services.matcher.evaluation.dataset_error import DatasetError
from services.matcher.evaluation.eligibility import Eligibility
from services.matcher.evaluation.judgements import Judgement, read_judgements
from services.matcher.evaluation.lines import find_file
from services.matcher.evaluation.records import read_records
from services.matcher.evaluation.taken_differently import of_organisation, of_query

ORGANISATIONS, QUERIES, QRELS = "organisations.jsonl", "queries.jsonl", "qrels.tsv"


@dataclass
class _Strays:
    """What was counted instead of refused: how often, and where first."""

    found: dict[str, tuple[int, str]] = field(default_factory=dict)

    def add(self, what: str, file: Path, line: int) -> None:
        count, first = self.found.get(what, (0, f"{file}:{line}"))
        self.found[what] = (count + 1, first)

    def messages(self) -> tuple[str, ...]:
        return tuple(f"{n} x {what} (first: {where})" for what, (n, where) in self.found.items())


def read_dataset(folder: Path) -> Dataset:
    """A data set in the format of three files, each plain or gzipped. Raises DatasetError."""
    if not folder.is_dir():
        raise DatasetError(folder, None, "there is no such folder", "name a data set's folder")
    files = [find_file(folder, name) for name in (ORGANISATIONS, QUERIES, QRELS)]
    strays = _Strays()
    organisations = _organisations(files[0], strays)
    queries = _queries(files[1], set(organisations), strays)
    judgements = read_judgements(files[2], set(organisations), set(queries))
    corpus = Corpus(
        name=folder.resolve().name,
        organisations=tuple(organisations.values()),
        queries=tuple(queries.values()),
    )
    _note_unreachable(files[2], corpus, judgements, strays)
    relevance: dict[str, dict[str, int]] = {}
    for one in judgements:
        relevance.setdefault(one.query, {})[one.organisation] = one.grade
    _note_unanswered(files[1], queries, relevance, strays)
    return Dataset(corpus=corpus, relevance=relevance, warnings=strays.messages())


def _organisations(file: Path, strays: _Strays) -> dict[str, Organisation]:
    found: dict[str, Organisation] = {}
    lines: dict[str, int] = {}
    statements: dict[str, int] = {}
    for line, one in read_records(file, Organisation):
        _claim(file, line, "organisation", one.id, lines)
        for statement in (*one.capabilities, *one.needs):
            _claim(file, line, "statement", statement.id, statements)
        for what in of_organisation(one):
            strays.add(what, file, line)
        found[one.id] = one
    if not found:
        raise DatasetError(file, None, "there is no organisation in it", "add organisations")
    for identifier, one in found.items():
        for other in one.collaborations:
            if other.organisation not in found:
                strays.add("unknown organisation in `collaborations`", file, lines[identifier])
    return found


def _queries(file: Path, known: set[str], strays: _Strays) -> dict[str, Query]:
    found: dict[str, Query] = {}
    lines: dict[str, int] = {}
    for line, one in read_records(file, Query):
        _claim(file, line, "query", one.id, lines)
        if one.text is None and one.organisation is None:
            problem = f"query {one.id!r} has neither `text` nor `organisation`"
            raise DatasetError(file, line, problem, "give it one of the two")
        if one.candidates == ():
            problem = f"query {one.id!r} has no candidate"
            raise DatasetError(file, line, problem, "name some, or leave `candidates` out")
        if one.organisation is not None:
            _require(file, line, "organisation", (one.organisation,), known)
        _require(file, line, "candidates", one.candidates or (), known)
        _require(file, line, "exclude", one.exclude, known)
        for what in of_query(one):
            strays.add(what, file, line)
        found[one.id] = one
    if not found:
        raise DatasetError(file, None, "there is no query in it", "add queries")
    return found


def _claim(file: Path, line: int, what: str, identifier: str, lines: dict[str, int]) -> None:
    if identifier in lines:
        problem = f"{what} id {identifier!r} is there twice (first on line {lines[identifier]})"
        raise DatasetError(file, line, problem, f"give each {what} an id of its own")
    lines[identifier] = line


def _require(file: Path, line: int, key: str, names: Iterable[str], known: set[str]) -> None:
    for name in names:
        if name not in known:
            problem = f"`{key}` names the unknown organisation {name!r}"
            raise DatasetError(file, line, problem, f"add {name!r} to {ORGANISATIONS}")


def _note_unreachable(
    file: Path, corpus: Corpus, judgements: Iterable[Judgement], strays: _Strays
) -> None:
    eligibility = Eligibility(corpus)
    queries = {one.id: one for one in corpus.queries}
    relevant = sorted((one for one in judgements if one.grade > 0), key=lambda one: one.query)
    ruled_out: list[int] = []
    for query, found in groupby(relevant, key=lambda one: one.query):
        allowed = eligibility.mask(queries[query])
        places = ((one.line, corpus.position[one.organisation]) for one in found)
        ruled_out += [line for line, place in places if not allowed[place]]
    for line in sorted(ruled_out):
        strays.add("relevant organisation that its query rules out", file, line)


def _note_unanswered(
    file: Path,
    queries: Iterable[str],
    relevance: Mapping[str, Mapping[str, int]],
    strays: _Strays,
) -> None:
    for line, query in enumerate(queries, start=1):
        if not any(relevance.get(query, {}).values()):
            strays.add("query without a relevant organisation, left out of all means", file, line)
