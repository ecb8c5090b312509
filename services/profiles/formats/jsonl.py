"""JSON Lines: one organisation a line, as in the API."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from services.profiles.formats.lines import objects
from services.profiles.formats.rows import BadRowError, ParsedRow, rejected
from services.profiles.formats.validation import parse
from shared.contracts.organisation import NewOrganisation


def read(file: BinaryIO) -> Iterator[ParsedRow]:
    """An organisation for each line, gzipped or not; an array of them is taken too."""
    for line, value in objects(file):
        yield rejected(line, value) if isinstance(value, BadRowError) else parse(line, value)


def write(organisations: Iterable[NewOrganisation]) -> Iterator[bytes]:
    """One line for each; what has its default is left out."""
    for organisation in organisations:
        yield organisation.model_dump_json(exclude_defaults=True).encode() + b"\n"
