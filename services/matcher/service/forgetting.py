"""Vectors give their text back: those that no statement uses any more are erased."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache

from services.matcher.domain.stored import StoredOrganisation
from services.matcher.ports import ContentKey, ListedEmbeddings
from services.matcher.store import MatcherStore, StoreTransaction

_PAGE = 1000


class UnusedEmbeddings:
    """Called before the commit: a crash in between costs a vector, it never keeps a text."""

    def __init__(
        self,
        embeddings: ListedEmbeddings,
        kept: Callable[[], frozenset[bytes]] = frozenset[bytes],
    ) -> None:
        """`kept`, asked once, gives the digests of texts that are no organisation's and public."""
        self._embeddings = embeddings
        self._kept = cache(kept)
        self._spared: Counter[bytes] = Counter()

    async def forget(
        self, transaction: StoreTransaction, passed: Sequence[StoredOrganisation]
    ) -> None:
        """Erase what these states used and no stored organisation does."""
        await self._erase(transaction, frozenset[bytes]().union(*(one.digests for one in passed)))

    @contextmanager
    def spared(self, organisations: Iterable[StoredOrganisation]) -> Iterator[None]:
        """What is being embedded for these is not in use yet, but about to be: no sweep takes it.

        Another process's sweep may: then it is embedded once more.
        """
        digests = Counter(digest for one in organisations for digest in one.digests)
        self._spared.update(digests)
        try:
            yield
        finally:
            self._spared.subtract(digests)
            self._spared += Counter()  # drops the zeros

    async def sweep(self, store: MatcherStore) -> None:
        """Erase what a crash between embedding and commit has left."""
        after: ContentKey | None = None
        while page := await self._embeddings.page(after=after, limit=_PAGE):
            async with store.transaction() as transaction:
                # Nobody begins to use one of them between the question and the answer.
                await transaction.index.close_gate()
                left = frozenset(key.digest for key in page if not self._spared[key.digest])
                await self._erase(transaction, left)
            after = page[-1]

    async def _erase(self, transaction: StoreTransaction, digests: frozenset[bytes]) -> None:
        if not digests:
            return
        used = await transaction.snapshots.used_digests(sorted(digests))
        unused = digests - used
        if unused:
            unused -= await asyncio.to_thread(self._kept)
        if unused:
            await self._embeddings.forget([ContentKey(digest) for digest in sorted(unused)])
