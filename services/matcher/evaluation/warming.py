"""Embeds what the cache lacks in small parts: kept when interrupted, and with progress."""

from collections.abc import Sequence

from services.matcher.domain.content import content_digest
from services.matcher.evaluation.engine import Progress
from services.matcher.ports import ContentKey, EmbeddingStore, TextEmbedder, Vectors
from shared.contracts.organisation import Side

AT_ONCE = 32
STAGE = "embedding texts"


class WarmingEmbedder:
    """A TextEmbedder that fills the store beneath another one, part by part."""

    def __init__(
        self, inner: TextEmbedder, store: EmbeddingStore, progress: Progress, at_once: int = AT_ONCE
    ) -> None:
        self._inner, self._store = inner, store
        self._progress, self._at_once = progress, at_once
        self.embedder = inner.embedder

    async def embed(self, statements: Sequence[tuple[str, Side]]) -> Vectors:
        """As the inner one."""
        missing = await self._missing(statements)
        for start in range(0, len(missing), self._at_once):
            self._progress(STAGE, start, len(missing))
            await self._inner.embed(missing[start : start + self._at_once])
        if missing:
            self._progress(STAGE, len(missing), len(missing))
        return await self._inner.embed(statements)

    async def embed_query(self, text: str, side: Side) -> Vectors:
        """As the inner one, but kept: texts of a data set come again."""
        vector: Vectors = (await self.embed([(text, side)]))[0]
        return vector

    async def recall(self, keys: Sequence[ContentKey]) -> dict[ContentKey, Vectors]:
        """As the inner one."""
        return await self._inner.recall(keys)

    async def _missing(self, statements: Sequence[tuple[str, Side]]) -> list[tuple[str, Side]]:
        wanted = {ContentKey(content_digest(text, side)): (text, side) for text, side in statements}
        known = await self._store.get(self._inner.embedder.model, list(wanted))
        return [one for key, one in wanted.items() if key not in known]
