"""The rows of a job in portions, from where the job has stopped."""

import asyncio
import itertools
from collections.abc import Iterator

from services.profiles.formats.rows import BadRowError, ParsedRow, Reader
from services.profiles.importing.spool import Spool

_ROWS = 200
_CHARACTERS = 4_000_000


class RowFeed:
    """Reads in a thread, so that parsing does not hold up requests."""

    def __init__(self, reader: Reader, spool: Spool, start: int) -> None:
        self._seen: dict[str, int] = {}
        self._rows = self._from(reader, spool, start)

    async def next(self) -> list[ParsedRow]:
        """The next rows, about 200; none at the end. Raises UnreadableFileError."""
        return await asyncio.to_thread(self._take)

    def _from(self, reader: Reader, spool: Spool, start: int) -> Iterator[ParsedRow]:
        spool.file.seek(0)
        rows = map(self._once, reader(spool.file))
        yield from itertools.islice(rows, start, None)

    def _take(self) -> list[ParsedRow]:
        portion: list[ParsedRow] = []
        room = _CHARACTERS
        while len(portion) < _ROWS and room > 0:
            row = next(self._rows, None)
            if row is None:
                break
            portion.append(row)
            room -= _size(row)
        return portion

    def _once(self, row: ParsedRow) -> ParsedRow:
        """Of two rows with one id the first counts, whichever portions they are in."""
        if row.organisation is None or row.organisation.id is None:
            return row
        identity = row.organisation.id
        first = self._seen.get(identity)
        if first is None:
            self._seen[identity] = row.line
            return row
        error = BadRowError(
            "id",
            f"is the id of line {first} too",
            "put the rows of one organisation together, or correct one of the ids",
        )
        return ParsedRow(row.line, None, (error.at(row.line, identity), *row.problems))


def _size(row: ParsedRow) -> int:
    if row.organisation is None:
        return 0
    statements = (*row.organisation.capabilities, *row.organisation.needs)
    return sum(len(statement.text) for statement in statements)
