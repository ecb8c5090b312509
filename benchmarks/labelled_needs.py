"""Needs with known answers that come with the project: the demonstration's and the golden set's."""

import json
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from services.matcher.evaluation.dataset import Corpus, Organisation, Query, Statement
from services.matcher.evaluation.dataset_reader import read_dataset
from services.matcher.evaluation.groups import TUNE, split_of

_DATA = Path(str(files("data")))


@dataclass(frozen=True)
class LabelledNeed:
    """A need in words, whose it is (nobody's where it is asked ad hoc), and who answers it."""

    text: str
    asker: str | None
    answer: str


def labelled_needs() -> list[LabelledNeed]:
    """Both directions of the demonstration's pairs, and the golden set's tuning half."""
    return [*_of_demonstration(), *_of_golden()]


def pool_of() -> Corpus:
    """The organisations of both sets."""
    golden = read_dataset(_DATA / "golden").corpus
    return Corpus(
        name="labelled",
        organisations=(*golden.organisations, *map(_organisation, _profiles())),
        queries=(Query(id="none", text="none"),),
    )


def _of_demonstration() -> list[LabelledNeed]:
    texts = {(one["id"], need["id"]): need["text"] for one in _profiles() for need in one["needs"]}
    pairs = json.loads((_DATA / "demo_partners.json").read_text("utf-8"))
    return [
        LabelledNeed(
            texts[way["need"]["organisation"], way["need"]["statement"]],
            way["need"]["organisation"],
            way["answered_by"]["organisation"],
        )
        for pair in pairs
        for way in (pair, pair.get("and_back"))
        if way
    ]


def _of_golden() -> list[LabelledNeed]:
    dataset = read_dataset(_DATA / "golden")
    return [
        LabelledNeed(query.text, None, answer)
        for query in dataset.corpus.queries
        if query.text is not None and split_of(query) == TUNE
        for answer in dataset.relevant(query.id)[:1]
    ]


def _profiles() -> list[dict[str, Any]]:
    lines = (_DATA / "demo.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _organisation(profile: dict[str, Any]) -> Organisation:
    names = profile["names"]
    return Organisation(
        id=profile["id"],
        name=names.get("en") or names["zh"],
        kind=profile["kind"],
        country=profile["country"],
        city=profile.get("city_name"),
        capabilities=_statements(profile, "capabilities"),
        needs=_statements(profile, "needs"),
    )


def _statements(profile: dict[str, Any], side: str) -> tuple[Statement, ...]:
    return tuple(
        Statement(id=f"{profile['id']}.{one['id']}", text=one["text"])
        for one in profile.get(side, ())
    )
