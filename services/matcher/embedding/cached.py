"""Embeds through the store: what was embedded once is never embedded again."""

import asyncio
from collections.abc import Mapping, Sequence

import numpy as np

from services.matcher.domain.content import content_digest
from services.matcher.ports import ContentKey, Embedder, EmbeddingStore, Vectors
from shared.contracts.organisation import Side

SideText = tuple[str, Side]


class CachedEmbedder:
    """Reads the store, encodes what it lacks in a worker thread, and stores that."""

    def __init__(self, embedder: Embedder, store: EmbeddingStore) -> None:
        self.embedder = embedder
        self._store = store
        self._encoding = asyncio.Lock()

    @property
    def model(self) -> str:
        """Name and revision of the model."""
        return self.embedder.model

    async def embed(self, statements: Sequence[tuple[str, Side]]) -> Vectors:
        """Unit vectors of (text, side), in that order; shape (len(statements), dimension).

        Raises ValueError on a text that the model makes nothing of.
        """
        if not statements:
            return np.zeros((0, self.embedder.dimension), dtype=np.float32)
        keys = [ContentKey(content_digest(text, side)) for text, side in statements]
        wanted = dict(zip(keys, statements, strict=True))
        known = await self._store.get(self.model, list(wanted))
        missing = {key: one for key, one in wanted.items() if key not in known}
        if missing:
            known = {**known, **await self._embedded(missing)}
        return np.stack([known[key] for key in keys])

    async def recall(self, keys: Sequence[ContentKey]) -> dict[ContentKey, Vectors]:
        """Those that are stored, each of shape (dimension,)."""
        return await self._store.get(self.model, keys)

    async def embed_query(self, text: str, side: Side) -> Vectors:
        """One vector, shape (dimension,), for a text that nobody keeps: the store is left out."""
        vector: Vectors = (await asyncio.to_thread(self.embedder.encode, [text], side))[0]
        return vector

    async def _embedded(self, missing: Mapping[ContentKey, SideText]) -> dict[ContentKey, Vectors]:
        """One batch at a time; what the batch before has embedded is not embedded again."""
        async with self._encoding:
            found = await self._store.get(self.model, list(missing))
            fresh = await self._encode({key: missing[key] for key in missing if key not in found})
            await self._store.put(self.model, fresh)
        return {**found, **fresh}

    async def _encode(self, missing: Mapping[ContentKey, SideText]) -> dict[ContentKey, Vectors]:
        fresh: dict[ContentKey, Vectors] = {}
        for side in Side:
            keys = [key for key, (_, one) in missing.items() if one is side]
            if keys:
                texts = [missing[key][0] for key in keys]
                vectors = await asyncio.to_thread(self.embedder.encode, texts, side)
                fresh.update(zip(keys, vectors, strict=True))
        return fresh
