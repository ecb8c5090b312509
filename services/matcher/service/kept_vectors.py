"""Corrected vectors of statements that were asked for lately, ready to be multiplied.

A list of suggestions needs those of some five hundred statements: to look each up by its digest
and to correct it anew took a third of the answer's time.
"""

from collections.abc import Awaitable, Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from services.matcher.domain.content import content_digest
from services.matcher.domain.statements import Statement
from services.matcher.ports import ContentKey, Vectors
from shared.contracts.organisation import Side

_MOST = 24_576
"""Vectors: 38 MB at 384 dimensions."""

Compute = Callable[[Sequence[Statement]], Awaitable[Vectors]]


class KeptVectors:
    """Of one encoder. Full, it begins anew; what is erased is dropped at once."""

    def __init__(self, *, most: int = _MOST) -> None:
        self._most = most
        self._dropped = 0
        self._needs: dict[str, int] = {}
        self._capabilities: dict[str, int] = {}
        self._texts: dict[bytes, tuple[dict[str, int], str]] = {}
        self._used = 0
        self._vectors: Vectors | None = None

    async def of(self, statements: Sequence[Statement], compute: Compute) -> Vectors:
        """Shape (statements, dimension); `compute` is asked for what is not there."""
        if len(statements) > self._most // 4:
            # A read of everything: it would push out what is asked for again and again.
            return await compute(statements)
        places = self._places(statements)
        unknown = places < 0
        if self._vectors is None or unknown.all():
            return await self._computed(statements, compute)
        # Taken out before anything is waited for: their places may be given away meanwhile.
        found: Vectors = self._vectors[places]
        if unknown.any():
            missing = [statements[place] for place in np.flatnonzero(unknown).tolist()]
            found[unknown] = await self._computed(missing, compute)
        return found

    def drop(self, keys: Sequence[ContentKey]) -> None:
        """Of texts that no statement uses any more."""
        self._dropped += 1
        for key in keys:
            if (known := self._texts.pop(key.digest, None)) and self._vectors is not None:
                rows, text = known
                self._vectors[rows.pop(text)] = 0.0

    async def _computed(self, statements: Sequence[Statement], compute: Compute) -> Vectors:
        dropped = self._dropped
        fresh = await compute(statements)
        if dropped == self._dropped:
            self._keep(statements, fresh)
        return fresh

    def _places(self, statements: Sequence[Statement]) -> NDArray[np.int64]:
        found = [self._rows(one.side).get(one.text, -1) for one in statements]
        return np.array(found, dtype=np.int64)

    def _rows(self, side: Side) -> dict[str, int]:
        return self._needs if side is Side.NEED else self._capabilities

    def _keep(self, statements: Sequence[Statement], vectors: Vectors) -> None:
        if self._vectors is None or self._used + len(statements) > self._most:
            self._needs, self._capabilities, self._texts = {}, {}, {}
            self._used, self._vectors = 0, np.empty((self._most, vectors.shape[1]), np.float32)
        new: list[int] = []
        for place, statement in enumerate(statements):
            rows = self._rows(statement.side)
            if statement.text not in rows:  # one project stands in many profiles
                rows[statement.text] = self._used + len(new)
                digest = content_digest(statement.text, statement.side)
                self._texts[digest] = (rows, statement.text)
                new.append(place)
        self._vectors[self._used : self._used + len(new)] = vectors[new]
        self._used += len(new)
