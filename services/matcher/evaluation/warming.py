"""Embeds what the cache lacks in small parts: kept when interrupted, and with progress."""

from collections.abc import Iterable, Iterator, Sequence

from services.matcher.domain.content import content_digest
from services.matcher.evaluation.engine import Progress
from services.matcher.ports import ContentKey, EmbeddingStore, TextEmbedder, Vectors
from shared.contracts.organisation import Side

AT_ONCE = 32
STAGE = "embedding, characters"
"""Work goes with the length of a text: counted in texts, the time left would be a guess."""

SideText = tuple[str, Side]


class WarmingEmbedder:
    """A TextEmbedder that fills the store beneath another one, part by part."""

    def __init__(
        self, inner: TextEmbedder, store: EmbeddingStore, progress: Progress, at_once: int = AT_ONCE
    ) -> None:
        self._inner, self._store = inner, store
        self._progress, self._at_once = progress, at_once
        self.embedder = inner.embedder

    async def embed(self, statements: Sequence[SideText]) -> Vectors:
        """As the inner one."""
        await self.warm(statements)
        return await self._inner.embed(statements)

    async def warm(self, statements: Iterable[SideText]) -> None:
        """Embed what is missing, the longest first, and give nothing back."""
        missing = await self._missing(statements)
        for part in counted_parts(missing, self._at_once, self._progress):
            await self._inner.embed(part)

    async def embed_query(self, text: str, side: Side) -> Vectors:
        """As the inner one, but kept: texts of a data set come again."""
        vector: Vectors = (await self.embed([(text, side)]))[0]
        return vector

    async def recall(self, keys: Sequence[ContentKey]) -> dict[ContentKey, Vectors]:
        """As the inner one."""
        return await self._inner.recall(keys)

    async def _missing(self, statements: Iterable[SideText]) -> list[SideText]:
        wanted = {ContentKey(content_digest(text, side)): (text, side) for text, side in statements}
        known = await self._store.get(self._inner.embedder.model, list(wanted))
        return [one for key, one in wanted.items() if key not in known]


def counted_parts(
    texts: Sequence[SideText], at_once: int, progress: Progress
) -> Iterator[list[SideText]]:
    """Parts of texts of about equal length, the longest first; progress is told of characters.

    Equal lengths waste no padding, and the longest show at once whether memory suffices.
    """
    ordered = sorted(texts, key=lambda one: -len(one[0]))
    total = sum(len(text) for text, _ in ordered)
    done = 0
    for start in range(0, len(ordered), at_once):
        progress(STAGE, done, total)
        part = ordered[start : start + at_once]
        yield part
        done += sum(len(text) for text, _ in part)
    if ordered:
        progress(STAGE, done, total)
