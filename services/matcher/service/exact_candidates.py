"""The exact way to a rematch's candidates: all vectors of both sides, multiplied in blocks.

Vectors come from the embedding store, not from the index: any process can read them, also where
the index lives inside another.
"""

import asyncio
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import date

import numpy as np

from services.matcher.candidate_ports import Candidate
from services.matcher.domain.constants import SCORE_DECIMALS
from services.matcher.domain.exact.levels import with_levels
from services.matcher.domain.exact.likelihood import CosineLikelihood
from services.matcher.domain.exact.product import BlockProduct
from services.matcher.domain.exact.search import MEMORY_BYTES, ExactSearch
from services.matcher.domain.exact.statements import AllStatements, Ints
from services.matcher.domain.snapshot import current
from services.matcher.domain.statements import MatchedOrganisation
from services.matcher.service.encoding import StatementEncoder
from services.matcher.service.exact_vectors import both_sides, measure
from services.matcher.store import MatcherStore

MakeProduct = Callable[[CosineLikelihood], BlockProduct]

_PAGE = 500
"""Organisations read at once."""


class ExactCandidates:
    """A `PartitionStrategy` over the profiles of one moment. Organisations without needs are found
    by what they offer; what they would like themselves is left to the full score."""

    name = "exact"

    def __init__(self, ids: Sequence[str], search: ExactSearch, product: str) -> None:
        """`ids` in the order of the search's places, bytewise."""
        self.product = product
        """Library, type of number and device, for the job's record."""
        self._ids = ids
        self._place = {id: place for place, id in enumerate(ids)}
        self._search = search

    @classmethod
    async def read(
        cls,
        store: MatcherStore,
        encoder: StatementEncoder,
        today: date,
        make: MakeProduct,
        memory_bytes: int = MEMORY_BYTES,
    ) -> "ExactCandidates":
        """Everything that is matched today; what has no vector yet is embedded.

        `memory_bytes` bounds a block of the product; vectors take about 3 kB a statement beside it.
        """
        ids: list[str] = []
        pages: list[AllStatements] = []
        after: str | None = None
        while True:
            profiles, last = await _page(store, after, today)
            if profiles:
                ids += [one.id for one in profiles]
                pages.append(await both_sides(profiles, encoder))
            if last is None:
                break
            after = last
        product = make(measure(encoder.statistics))

        def prepared() -> ExactSearch:
            return ExactSearch(with_levels(AllStatements.joined(pages)), product, memory_bytes)

        return cls(ids, await asyncio.to_thread(prepared), product.name)

    async def candidates(
        self, organisations: Sequence[str], limit: int
    ) -> Mapping[str, Sequence[Candidate]]:
        """See `PartitionStrategy`; a cancelled task stops within one block."""
        known = [one for one in dict.fromkeys(organisations) if one in self._place]
        places = np.array([self._place[one] for one in known], dtype=np.int64)
        found = await self._searched(places, limit)
        return {one: found.get(row, []) for row, one in enumerate(known)}

    async def _searched(self, places: Ints, limit: int) -> dict[int, list[Candidate]]:
        stop = threading.Event()
        try:
            best = await asyncio.to_thread(self._search.of, places, limit, cancelled=stop.is_set)
        except asyncio.CancelledError:
            stop.set()
            raise
        partners = best.partners()
        found: dict[int, list[Candidate]] = {}
        columns = (partners.organisation, partners.partner, partners.value)
        for row, partner, value in zip(*(one.tolist() for one in columns), strict=True):
            # A block of another shape sums in another order: the last digits differ.
            candidate = Candidate(self._ids[partner], round(value, SCORE_DECIMALS))
            found.setdefault(row, []).append(candidate)
        return {
            row: sorted(some, key=lambda one: (-one.value, one.organisation))
            for row, some in found.items()
        }


async def _page(
    store: MatcherStore, after: str | None, today: date
) -> tuple[list[MatchedOrganisation], str | None]:
    """Profiles in order of their ids, and the last id that was looked at; None at the end."""
    async with store.transaction() as transaction:
        stored = await transaction.snapshots.page(after=after, limit=_PAGE)
        active = await transaction.snapshots.active([one.id for one in stored])
    profiles = [current(active[one.id], today) for one in stored if one.id in active]
    matched = [one for one in profiles if one.statements]
    return matched, stored[-1].id if len(stored) == _PAGE else None
