"""Nothing of a data set is changed or left out in silence: file, line and count are told."""

from typing import Any

import pytest

from services.matcher.evaluation.dataset_reader import read_dataset
from services.matcher.evaluation.platform_corpus import on_the_platform
from tests.support.small_dataset import ORGANISATIONS, QUERIES, WriteDataset, lines_of

Line = dict[str, Any]

STATEMENT = {"id": "s-new", "text": "optical waveguides"}

ORGANISATION_CASES: dict[str, tuple[int, dict[str, Any]]] = {
    "organisation without a name": (1, {"name": "  "}),
    "`name` cut after 300 characters": (1, {"name": "x" * 301}),
    "`country` that is no code of two letters": (1, {"country": "Atlantis"}),
    "statement whose `date` is none": (1, {"needs": [STATEMENT | {"date": "last May"}]}),
    "statement in a `lang` other than zh and en": (1, {"needs": [STATEMENT | {"lang": "fr"}]}),
    "statement shorter than 5 characters": (1, {"needs": [STATEMENT | {"text": "abc"}]}),
    "statement cut after 8000 characters": (1, {"needs": [STATEMENT | {"text": "abc " * 2001}]}),
    "statement beyond an organisation's 500 newest": (
        3,
        {"needs": [{"id": f"n{n}", "text": f"need number {n}"} for n in range(503)]},
    ),
    "collaboration named twice": (
        1,
        {"collaborations": [{"organisation": "hub"}, {"organisation": "hub"}]},
    ),
    "collaboration without a shared project": (
        1,
        {"collaborations": [{"organisation": "hub", "count": 0}]},
    ),
}

QUERY_CASES: dict[str, tuple[int, dict[str, Any]]] = {
    "organisation named twice in `candidates`": (1, {"candidates": ["hub", "lab", "hub"]}),
    "organisation named twice in `exclude`": (2, {"exclude": ["hub", "hub", "hub"]}),
    "query in a `lang` other than zh and en": (1, {"lang": "fr"}),
    "query shorter than 2 characters": (1, {"text": "x"}),
    "query cut after 8000 characters": (1, {"text": "x " * 4001}),
}


def changed(lines: list[Line], place: int, change: Line) -> str:
    return lines_of([one | change if at == place else one for at, one in enumerate(lines)])


@pytest.mark.parametrize(("what", "case"), ORGANISATION_CASES.items())
def test_an_organisation_that_is_taken_in_otherwise_is_told(
    write_dataset: WriteDataset, what: str, case: tuple[int, dict[str, Any]]
) -> None:
    times, change = case
    folder = write_dataset(organisations=changed(ORGANISATIONS, 1, change))
    dataset = read_dataset(folder)
    found = [one for one in dataset.warnings if one.startswith(f"{times} x {what}")]
    assert len(found) == 1
    assert found[0].endswith("organisations.jsonl:2)")
    on_the_platform(dataset.corpus)


@pytest.mark.parametrize(("what", "case"), QUERY_CASES.items())
def test_a_query_that_is_asked_otherwise_is_told(
    write_dataset: WriteDataset, what: str, case: tuple[int, dict[str, Any]]
) -> None:
    times, change = case
    warnings = read_dataset(write_dataset(queries=changed(QUERIES, 0, change))).warnings
    found = [one for one in warnings if one.startswith(f"{times} x {what}")]
    assert len(found) == 1
    assert found[0].endswith("queries.jsonl:1)")
