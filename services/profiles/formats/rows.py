"""What a reader yields: an organisation or the reasons why there is none."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from shared.contracts.imports import RowProblem
from shared.contracts.organisation import NewOrganisation


@dataclass(frozen=True)
class ParsedRow:
    """One organisation of the file. With an organisation, the problems are remarks only."""

    line: int
    """Where it starts: the line of a text file, the row of a spreadsheet; from 1."""
    organisation: NewOrganisation | None
    problems: tuple[RowProblem, ...] = ()


Reader = Callable[[BinaryIO], Iterator[ParsedRow]]
"""Raises UnreadableFileError as soon as the file as a whole turns out not to be readable."""


class UnreadableFileError(Exception):
    """The file cannot be read (further); the message says why and how to mend it."""


class BadRowError(Exception):
    """One row cannot be read; the reader goes on with the next."""

    def __init__(self, field: str, problem: str, mend: str) -> None:
        super().__init__(problem)
        self.field = field
        self.problem = problem
        self.mend = mend

    def at(self, line: int, organisation: str | None = None) -> RowProblem:
        """As an entry of the report."""
        return RowProblem(
            line=line,
            organisation=organisation,
            field=self.field,
            problem=self.problem,
            mend=self.mend,
        )


def rejected(line: int, error: BadRowError, organisation: str | None = None) -> ParsedRow:
    """A row that could not be read."""
    return ParsedRow(line, None, (error.at(line, organisation),))
