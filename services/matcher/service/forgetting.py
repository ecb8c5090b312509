"""Vectors give their text back: those that no statement uses any more are erased."""

from collections.abc import Sequence

from services.matcher.domain.stored import StoredOrganisation
from services.matcher.ports import ContentKey, EmbeddingStore
from services.matcher.store import StoreTransaction


class UnusedEmbeddings:
    """Called before the commit: a crash in between costs a vector, it never keeps a text."""

    def __init__(self, embeddings: EmbeddingStore) -> None:
        self._embeddings = embeddings

    async def forget(
        self, transaction: StoreTransaction, passed: Sequence[StoredOrganisation]
    ) -> None:
        """Erase what these states used and no stored organisation does."""
        digests = frozenset[bytes]().union(*(one.digests for one in passed))
        if not digests:
            return
        unused = digests - await transaction.snapshots.used_digests(sorted(digests))
        if unused:
            await self._embeddings.forget([ContentKey(digest) for digest in sorted(unused)])
