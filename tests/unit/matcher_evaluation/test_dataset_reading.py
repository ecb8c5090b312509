"""Reading a data set: what is right is read, what is wrong is said with file and line."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from services.matcher.evaluation.dataset import Dataset
from services.matcher.evaluation.dataset_error import DatasetError
from services.matcher.evaluation.dataset_reader import read_dataset
from tests.support.small_dataset import ORGANISATIONS, QUERIES, WriteDataset, lines_of

SETS = [
    "cordis-calls",
    "cordis-partners",
    "sbir-topics",
    "chinaxiv-zh-en",
    "chinaxiv-en-zh",
    "chinaxiv-mixed",
]


def changed(records: list[dict[str, Any]], place: int, **values: Any) -> str:
    copy = list(records)
    copy[place] = {k: v for k, v in (copy[place] | values).items() if v is not ...}
    return lines_of(copy)


def refused(folder: Path) -> DatasetError:
    with pytest.raises(DatasetError) as caught:
        read_dataset(folder)
    assert "Mend: " in str(caught.value)
    return caught.value


def test_a_good_set_is_read_without_a_warning(small: Dataset) -> None:
    assert small.corpus.name == "small"
    assert [one.id for one in small.corpus.organisations] == ["lab", "firm", "hub", "quiet"]
    assert [one.kind for one in small.corpus.queries][:2] == ["ad hoc", "stored organisation"]
    assert small.relevance["chinese"] == {"hub": 1, "firm": 0}
    assert small.relevant("chinese") == ("hub",)
    assert small.warnings == ()


def test_files_may_be_gzipped_each_by_itself(write_dataset: WriteDataset) -> None:
    folder = write_dataset()
    plain = folder / "queries.jsonl"
    (folder / "queries.jsonl.gz").write_bytes(gzip.compress(plain.read_bytes()))
    plain.unlink()
    assert len(read_dataset(folder).corpus.queries) == 4


def test_unknown_keys_are_left_alone_and_split_and_languages_kept(
    write_dataset: WriteDataset,
) -> None:
    queries = changed(QUERIES, 0, split="tune", languages="en-en", mood="good")
    query = read_dataset(write_dataset(queries=queries)).corpus.queries[0]
    assert (query.split, query.languages) == ("tune", "en-en")


def test_what_may_be_left_out_may_be_null(write_dataset: WriteDataset) -> None:
    bare = ("activity", "country", "city", "needs", "collaborations")
    organisations = [
        {k: v for k, v in one.items() if k not in bare} | dict.fromkeys(bare if place else ())
        for place, one in enumerate(ORGANISATIONS)
    ]
    nothing = dict.fromkeys(("lang", "activity", "exclude", "candidates", "split", "languages"))
    queries = [{"id": "words", "text": "radar"} | nothing, {"id": "partner", "organisation": "lab"}]
    dataset = read_dataset(
        write_dataset(lines_of(organisations), lines_of(queries), "words\tlab\t3\n")
    )
    assert all(one.needs == one.collaborations == () for one in dataset.corpus.organisations)
    assert dataset.corpus.queries[0].exclude == ()
    assert dataset.relevance == {"words": {"lab": 3}}


def test_what_is_no_gzip_file_is_said(write_dataset: WriteDataset) -> None:
    folder = write_dataset()
    (folder / "qrels.tsv").rename(folder / "qrels.tsv.gz")
    error = refused(folder)
    assert (error.file.name, error.line) == ("qrels.tsv.gz", 1)
    assert "cannot be read" in error.problem


def test_a_byte_order_mark_and_windows_line_ends_are_read(write_dataset: WriteDataset) -> None:
    folder = write_dataset(qrels="\ufeffwords\tlab\t1\r\npartner\tfirm\t1\r\n")
    assert read_dataset(folder).relevance["words"] == {"lab": 1}


@pytest.mark.parametrize("name", ["organisations.jsonl", "queries.jsonl", "qrels.tsv"])
def test_a_missing_file_is_named(write_dataset: WriteDataset, name: str) -> None:
    folder = write_dataset()
    (folder / name).unlink()
    error = refused(folder)
    assert error.file == folder / name
    assert "missing" in error.problem


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    assert "no such folder" in refused(tmp_path / "nowhere").problem


def test_two_versions_of_a_file_are_not_chosen_between(write_dataset: WriteDataset) -> None:
    folder = write_dataset()
    (folder / "qrels.tsv.gz").write_bytes(gzip.compress(b""))
    assert "both there" in refused(folder).problem


def test_a_damaged_gzip_file_is_said(write_dataset: WriteDataset) -> None:
    folder = write_dataset()
    packed = gzip.compress((folder / "queries.jsonl").read_bytes())
    (folder / "queries.jsonl").unlink()
    (folder / "queries.jsonl.gz").write_bytes(packed[:-12])
    error = refused(folder)
    assert "cannot be read" in error.problem
    assert error.line is not None


def test_a_file_that_is_not_utf_8_is_said_with_its_line(write_dataset: WriteDataset) -> None:
    folder = write_dataset()
    (folder / "qrels.tsv").write_bytes("words\tlab\t1\n合作\tlab\t1\n".encode("gbk"))
    error = refused(folder)
    assert (error.line, error.problem) == (2, "not UTF-8")


BAD_ORGANISATIONS = {
    "broken JSON": ('{"id": "lab"', 1),
    "a JSON list": ("[]\n", 1),
    "JSON that cannot be read": (lines_of(ORGANISATIONS[:1]) + "[" * 100_000, 2),
    "JSON that cannot be read: Exceeds": ('{"id": ' + "9" * 5000 + "}", 1),
    "`name` is missing": (changed(ORGANISATIONS, 3, name=...), 4),
    "`needs.0.id` is missing": (changed(ORGANISATIONS, 1, needs=[{"text": "glass"}]), 2),
    "`capabilities` is wrong": (changed(ORGANISATIONS, 1, capabilities="glass"), 2),
    "`collaborations.0.count` is wrong": (
        changed(ORGANISATIONS, 1, collaborations=[{"organisation": "hub", "count": -1}]),
        2,
    ),
    "the line is empty": (lines_of(ORGANISATIONS[:1]) + "\n" + lines_of(ORGANISATIONS[1:]), 2),
    "there is no organisation": ("", None),
    "`capabilities` is missing": (changed(ORGANISATIONS, 2, capabilities=...), 3),
    "`kind` is wrong": (changed(ORGANISATIONS, 1, kind="club"), 2),
    "`id` holds white space": (changed(ORGANISATIONS, 1, id="my firm"), 2),
    "`capabilities.0.text` is empty": (
        changed(ORGANISATIONS, 1, capabilities=[{"id": "firm.1", "text": " \n"}]),
        2,
    ),
    "organisation id 'lab' is there twice (first on line 1)": (
        changed(ORGANISATIONS, 2, id="lab"),
        3,
    ),
    "statement id 'lab.n' is there twice (first on line 1)": (
        changed(ORGANISATIONS, 1, needs=[{"id": "lab.n", "text": "again"}]),
        2,
    ),
}


@pytest.mark.parametrize(("problem", "case"), BAD_ORGANISATIONS.items())
def test_a_bad_organisation_is_said_with_its_line(
    write_dataset: WriteDataset, problem: str, case: tuple[str, int | None]
) -> None:
    text, line = case
    error = refused(write_dataset(organisations=text))
    assert error.problem.startswith(problem)
    assert (error.file.name, error.line) == ("organisations.jsonl", line)
    assert str(error).startswith(str(error.file) + (f":{line}:" if line else ":"))


BAD_QUERIES = {
    "there is no query": ("", None),
    "query 'words' has neither `text` nor `organisation`": (changed(QUERIES, 0, text=...), 1),
    "`text` is empty": (changed(QUERIES, 2, text="  "), 3),
    "`organisation` names the unknown organisation 'x'": (changed(QUERIES, 1, organisation="x"), 2),
    "`candidates` names the unknown organisation 'x'": (
        changed(QUERIES, 2, candidates=["lab", "x"]),
        3,
    ),
    "query 'few' has no candidate": (changed(QUERIES, 2, candidates=[]), 3),
    "query id 'words' is there twice (first on line 1)": (changed(QUERIES, 1, id="words"), 2),
    "`exclude` is wrong": (changed(QUERIES, 1, exclude="lab"), 2),
    "`exclude` names the unknown organisation 'gone'": (
        changed(QUERIES, 3, exclude=["lab", "gone"]),
        4,
    ),
    "`candidates` is wrong": (changed(QUERIES, 2, candidates={"lab": 1}), 3),
    "`id` is wrong": (changed(QUERIES, 2, id=7), 3),
}


@pytest.mark.parametrize(("problem", "case"), BAD_QUERIES.items())
def test_a_bad_query_is_said_with_its_line(
    write_dataset: WriteDataset, problem: str, case: tuple[str, int | None]
) -> None:
    text, line = case
    error = refused(write_dataset(queries=text))
    assert error.problem.startswith(problem)
    assert (error.file.name, error.line) == ("queries.jsonl", line)


BAD_QRELS = {
    "unknown query 'nobody'": ("words\tlab\t1\nnobody\tlab\t1\n", 2),
    "unknown organisation 'nobody'": ("words\tnobody\t1\n", 1),
    "2 columns instead of 3": ("words lab\t1\n", 1),
    "1 columns instead of 3": ("words\tlab\t1\n\n", 2),
    "the grade '-1' is no whole number": ("words\tlab\t-1\n", 1),
    "the grade '1.5' is no whole number": ("words\tlab\t1.5\n", 1),
    "the grade '' is no whole number": ("words\tlab\t\n", 1),
    "the grade '9999": ("words\tlab\t1\nwords\tfirm\t" + "9" * 5000 + "\n", 2),
    "4 columns instead of 3": ("words\t0\tlab\t1\n", 1),
    "'lab' is judged twice for 'words' (first on line 1)": ("words\tlab\t1\nwords\tlab\t2\n", 2),
    "nothing is relevant to any query": ("words\tlab\t0\n", None),
}


@pytest.mark.parametrize(("problem", "case"), BAD_QRELS.items())
def test_a_bad_judgement_is_said_with_its_line(
    write_dataset: WriteDataset, problem: str, case: tuple[str, int | None]
) -> None:
    text, line = case
    error = refused(write_dataset(qrels=text))
    assert error.problem.startswith(problem)
    assert (error.file.name, error.line) == ("qrels.tsv", line)


def test_collaborations_with_others_are_counted_and_said(write_dataset: WriteDataset) -> None:
    organisations = changed(
        ORGANISATIONS, 1, collaborations=[{"organisation": "gone"}, {"organisation": "hub"}]
    )
    (warning,) = read_dataset(write_dataset(organisations=organisations)).warnings
    assert warning.startswith("1 x unknown organisation in `collaborations`")
    assert "organisations.jsonl:2)" in warning


def test_a_query_without_an_answer_is_counted_and_said(write_dataset: WriteDataset) -> None:
    warnings = read_dataset(write_dataset(qrels="words\tlab\t1\nfew\tfirm\t0\n")).warnings
    assert len(warnings) == 1
    assert warnings[0].startswith("3 x query without a relevant organisation")
    assert warnings[0].endswith("queries.jsonl:2)")


def test_an_answer_that_its_query_rules_out_is_counted_and_said(
    write_dataset: WriteDataset,
) -> None:
    qrels = "words\tlab\t1\npartner\thub\t1\nfew\thub\t1\nchinese\tlab\t1\npartner\tlab\t1\n"
    (warning,) = read_dataset(write_dataset(qrels=qrels)).warnings
    assert warning.startswith("4 x relevant organisation that its query rules out")
    assert warning.endswith("qrels.tsv:2)")


@pytest.mark.parametrize("name", SETS)
def test_the_real_sets_are_read_without_a_warning(real_data: Path, name: str) -> None:
    dataset = read_dataset(real_data / name)
    assert dataset.warnings == ()
    assert len(dataset.relevance) == len(dataset.corpus.queries)


def test_the_golden_set_is_read_without_a_warning() -> None:
    folder = Path(__file__).parents[3] / "data" / "golden"
    dataset = read_dataset(folder)
    assert dataset.warnings == ()
    with (folder / "queries.jsonl").open() as lines:
        assert len(dataset.corpus.queries) == len([json.loads(line) for line in lines])
