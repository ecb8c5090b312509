"""The embedding store with the vectors in memory that were used lately."""

from collections import OrderedDict
from collections.abc import Callable, Sequence

from services.matcher.ports import ContentKey, ListedEmbeddings, Vectors

_MOST = 2048
"""Vectors: 4 MB at 384 dimensions. What lists are made of is kept corrected, by the encoder."""

_Kept = tuple[str, ContentKey]
Forgotten = Callable[[Sequence[ContentKey]], None]


class RememberingStore:
    """An EmbeddingStore in front of another; what is forgotten is forgotten here first."""

    def __init__(
        self, store: ListedEmbeddings, *, most: int = _MOST, forgotten: Forgotten | None = None
    ) -> None:
        """`forgotten` hears of what is erased, at the same moments."""
        self._store = store
        self._most = most
        self._kept: OrderedDict[_Kept, Vectors] = OrderedDict()
        self._forgotten = 0
        self._tell = forgotten

    async def get(self, model: str, keys: Sequence[ContentKey]) -> dict[ContentKey, Vectors]:
        """The vectors that are there, each of shape (dimension,)."""
        found = {key: self._kept[model, key] for key in keys if (model, key) in self._kept}
        for key in found:
            self._kept.move_to_end((model, key))
        missing = [key for key in keys if key not in found]
        if not missing:
            return found
        forgotten = self._forgotten
        read = await self._store.get(model, missing)
        if forgotten == self._forgotten:
            self._keep(model, read)
        return {**found, **read}

    async def put(self, model: str, vectors: dict[ContentKey, Vectors]) -> None:
        """Keep vectors; what is there stays as it is."""
        forgotten = self._forgotten
        await self._store.put(model, vectors)
        if forgotten == self._forgotten:
            self._keep(model, vectors)

    async def forget(self, keys: Sequence[ContentKey]) -> None:
        """Erase the vectors of these texts, of every model."""
        self._drop(keys)
        await self._store.forget(keys)
        self._drop(keys)

    async def page(self, *, after: ContentKey | None, limit: int) -> list[ContentKey]:
        """The next keys that have a vector of any model, in order."""
        return await self._store.page(after=after, limit=limit)

    def _drop(self, keys: Sequence[ContentKey]) -> None:
        # Counted, so that what was read before it is not remembered after it.
        self._forgotten += 1
        gone = set(keys)
        for kept in [kept for kept in self._kept if kept[1] in gone]:
            del self._kept[kept]
        if self._tell:
            self._tell(keys)

    def _keep(self, model: str, vectors: dict[ContentKey, Vectors]) -> None:
        for key, vector in vectors.items():
            self._kept[model, key] = vector
            self._kept.move_to_end((model, key))
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
