"""What a pair of groups has come to, as bytes: everyone's best partners in the other group."""

import zlib
from collections.abc import Iterable, Sequence

import numpy as np

from services.matcher.domain.exact.best import BestSoFar
from services.matcher.domain.exact.statements import Ints


def near_to_bytes(parts: Iterable[tuple[Ints, BestSoFar]]) -> bytes:
    """Numbers of organisations, and what was found for them; the same for equal findings."""
    columns: list[Ints] = []
    for numbers, best in parts:
        keys = -np.sort(-best.keys, axis=1)
        row, place = np.nonzero(keys >= 0)
        columns.append(np.stack([numbers[row], keys[row, place]]))
    found = np.concatenate(columns, axis=1) if columns else np.zeros((2, 0), dtype=np.int64)
    # Keys hardly compress; numbers do.
    return zlib.compress(found.astype("<i8").tobytes(), 1)


def nearest_of(staged: Iterable[bytes], wanted: Ints, limit: int) -> BestSoFar:
    """The best of all pairs of groups; row r is that of the organisation `wanted[r]`."""
    best = BestSoFar(len(wanted), limit)
    order = np.argsort(wanted)
    ordered = wanted[order]
    for one in staged:
        numbers, keys = np.frombuffer(zlib.decompress(one), dtype="<i8").reshape(2, -1)
        place = np.searchsorted(ordered, numbers)
        mine = place < len(ordered)
        mine[mine] = ordered[place[mine]] == numbers[mine]
        rows = order[place[mine]]
        best.merge(_spread(rows, keys[mine], len(wanted), limit))
    return best


def _spread(rows: Ints, keys: Ints, organisations: int, limit: int) -> Ints:
    """Keys of each row side by side; those of a row follow each other, largest first."""
    wide = np.full((organisations, limit), -1, dtype=np.int64)
    counts = np.bincount(rows, minlength=organisations)
    order = np.argsort(rows, kind="stable")
    starts = np.cumsum(counts) - counts
    place = np.arange(len(rows)) - starts[rows[order]]
    kept = place < limit
    wide[rows[order][kept], place[kept]] = keys[order][kept]
    return wide


def names_of(best: BestSoFar, ids: Sequence[str]) -> list[list[str]]:
    """Everyone's candidates, best first."""
    found: list[list[str]] = [[] for _ in range(len(best.keys))]
    partners = best.partners()
    for row, partner in zip(partners.organisation.tolist(), partners.partner.tolist(), strict=True):
        found[row].append(ids[partner])
    return found
