"""A deterministic stand-in for a model: texts that share letters get similar vectors."""

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np

from services.matcher.ports import Vectors
from shared.contracts.organisation import Side

_MIXED = 0.1


class HashingEmbedder:
    """Signed hashed character n-grams; passes the same contract suite as the real model.

    It knows no meaning and no translation; `translations` maps words of one language to another
    where a test needs them to be the same.
    """

    def __init__(self, dimension: int = 64, translations: dict[str, str] | None = None) -> None:
        self._dimension = dimension
        self._translations = translations or {}
        self.encoded = 0
        """Texts encoded so far."""

    @property
    def model(self) -> str:
        return f"hashing-{self._dimension}"

    @property
    def dimension(self) -> int:
        return self._dimension

    @property
    def device(self) -> str:
        return "cpu"

    def encode(self, texts: Sequence[str], side: Side) -> Vectors:
        self.encoded += len(texts)
        vectors = np.zeros((len(texts), self._dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            vectors[row] = self._vector(text, side)
        return vectors

    def _vector(self, text: str, side: Side) -> Vectors:
        for word, other in self._translations.items():
            text = text.replace(word, other)
        vector = np.zeros(self._dimension, dtype=np.float32)
        padded = f" {text.lower()} "
        for size in (2, 3):
            for start in range(max(len(padded) - size + 1, 1)):
                self._add(vector, padded[start : start + size], 1.0)
        vector /= max(float(np.linalg.norm(vector)), 1e-6)
        self._add(vector, f"side {side.value}", _MIXED)
        unit: Vectors = vector / np.linalg.norm(vector)
        return unit

    def _add(self, vector: Vectors, gram: str, weight: float) -> None:
        number = int.from_bytes(blake2b(gram.encode(), digest_size=8).digest(), "big")
        vector[number % self._dimension] += weight if number >> 63 else -weight
