"""Into which groups a query falls: all, its kind, its languages, its split."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from services.matcher.domain.language import detect_language
from services.matcher.evaluation.dataset import Dataset, Query, Statement

ALL = "all"
TUNE, REPORT = "tune", "report"


@dataclass(frozen=True)
class Group:
    """Queries that are reported together."""

    by: str
    """`all`, `kind`, `languages`, `split`; `tune` and `report`: kind and languages within these."""
    name: str
    queries: tuple[str, ...]


def split_of(query: Query) -> str:
    """The query's own split; else `tune` or `report` by the SHA-256 of its id, even or odd."""
    if query.split:
        return query.split
    return REPORT if sha256(query.id.encode()).digest()[-1] % 2 else TUNE


def languages_of(dataset: Dataset, query: Query) -> str:
    """`en-zh`: an English query, Chinese statements of what is relevant. The query's own if given.

    The language of several statements is that of most of them; `mixed` when it is a tie or
    the relevant organisations differ.
    """
    if query.languages:
        return query.languages
    if query.text is not None:
        asked = query.lang or detect_language(query.text)
    else:
        own = dataset.corpus.organisation(str(query.organisation))
        asked = _most(one for one, _ in own.seeks)
    answers = {
        _most(one for one, _ in dataset.corpus.organisation(name).offers)
        for name in dataset.relevant(query.id)
    }
    return f"{asked}-{answers.pop() if len(answers) == 1 else 'mixed'}"


def groups_of(dataset: Dataset) -> list[Group]:
    """Every query with a relevant organisation is once in each `by`, in one of the splits."""
    answered = [one for one in dataset.corpus.queries if dataset.relevant(one.id)]
    members: dict[tuple[str, str], list[str]] = {}
    for one in answered:
        languages, split = languages_of(dataset, one), split_of(one)
        keys = [("all", ALL), ("kind", one.kind), ("languages", languages), ("split", split)]
        if split in (TUNE, REPORT):
            keys.append((split, f"{one.kind}, {languages}"))
        for key in keys:
            members.setdefault(key, []).append(one.id)
    order = ["all", "split", "kind", "languages", TUNE, REPORT]
    return [
        Group(by, name, tuple(queries))
        for (by, name), queries in sorted(
            members.items(), key=lambda item: (order.index(item[0][0]), item[0][1])
        )
    ]


def _most(statements: Iterable[Statement]) -> str:
    counts = Counter(one.lang or detect_language(one.text) for one in statements).most_common(2)
    if not counts or (len(counts) == 2 and counts[0][1] == counts[1][1]):
        return "mixed"
    return counts[0][0]
