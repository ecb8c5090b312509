"""A model that remembers: whatever an engine embeds is embedded once, and shows progress."""

from collections.abc import Sequence

import numpy as np

from services.matcher.domain.content import content_digest
from services.matcher.evaluation.engine import Progress
from services.matcher.evaluation.vector_cache import SqliteEmbeddingStore
from services.matcher.evaluation.warming import AT_ONCE, counted_parts
from services.matcher.ports import ContentKey, Embedder, Vectors
from shared.contracts.organisation import Side


class RecallingModel:
    """An Embedder over another one and a file of vectors."""

    def __init__(self, model: Embedder, store: SqliteEmbeddingStore, progress: Progress) -> None:
        self._inner, self._store, self._progress = model, store, progress
        self.model, self.dimension, self.device = model.model, model.dimension, model.device

    def encode(self, texts: Sequence[str], side: Side) -> Vectors:
        """As the inner one; kept part by part, so that an interruption costs little."""
        keys = [ContentKey(content_digest(text, side)) for text in texts]
        known = self._store.read(self.model, keys)
        missing = {text: k for k, text in zip(keys, texts, strict=True) if k not in known}
        sided = [(text, side) for text in missing]
        for part in counted_parts(sided, AT_ONCE, self._progress):
            some = [text for text, _ in part]
            vectors = self._inner.encode(some, side)
            fresh: dict[ContentKey, Vectors] = {
                missing[text]: vector for text, vector in zip(some, vectors, strict=True)
            }
            self._store.write(self.model, fresh)
            known.update(fresh)
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return np.stack([known[key] for key in keys])
