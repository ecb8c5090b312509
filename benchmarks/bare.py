"""The bare parts: what the same work costs without a platform around it."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from qdrant_edge import (
    Distance,
    EdgeConfig,
    EdgeShard,
    EdgeVectorParams,
    Point,
    Query,
    QueryBatchRequest,
    QueryRequest,
    UpdateOperation,
)

from services.matcher.embedding.environment import prepare_environment
from services.matcher.embedding.sentence_transformer import load_embedder
from shared.contracts.organisation import Side

Vectors = NDArray[np.float32]


class BareEncoder:
    """The shipped model alone, by the engine that the matcher would take on this machine."""

    def __init__(self) -> None:
        prepare_environment()
        self._model = load_embedder()

    def query(self, text: str) -> Vectors:
        """One text as a need."""
        vector: Vectors = self._model.encode([text], Side.NEED)[0]
        return vector

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Many texts as capabilities, all at once: the longest first, little padding."""
        return self._model.encode(texts, Side.CAPABILITY)


class BareIndex:
    """One Edge shard with one dense vector per point and nothing else."""

    def __init__(self, directory: Path, vectors: Vectors) -> None:
        """`vectors` of shape (points, dimension); their rows are the points' ids."""
        directory.mkdir(parents=True)
        self.dimension = vectors.shape[1]
        parameters = EdgeVectorParams(size=self.dimension, distance=Distance.Cosine)
        self._shard = EdgeShard.create(str(directory), EdgeConfig(vectors={"dense": parameters}))
        for start in range(0, len(vectors), 1000):
            self._write(start, vectors[start : start + 1000])
        self._shard.flush()

    @classmethod
    def of_random(cls, directory: Path, *, points: int, dimension: int = 384) -> "BareIndex":
        """Random directions: the search is exact, so that its cost does not depend on them."""
        rng = np.random.default_rng(7)
        return cls(directory, rng.standard_normal((points, dimension), dtype=np.float32))

    def query(self, vector: Vectors, limit: int = 100) -> int:
        """How many neighbours came back."""
        return len(self._shard.query(_nearest(vector, limit)))

    def query_batch(self, vectors: Vectors, limit: int = 100) -> int:
        """How many neighbours of all of these came back; shape (queries, dimension)."""
        batch = QueryBatchRequest([_nearest(one, limit) for one in vectors])
        return sum(len(answer) for answer in self._shard.query_batch(batch))

    def upsert(self, number: int, vector: Vectors) -> None:
        """Write one point; durable on return."""
        self._write(number, vector[np.newaxis])
        self._shard.flush()

    def close(self) -> None:
        """Release the directory."""
        self._shard.close()

    def _write(self, first: int, vectors: Vectors) -> None:
        points = [
            Point(id=number, vector={"dense": one.tolist()}, payload={})
            for number, one in enumerate(vectors, first)
        ]
        self._shard.update(UpdateOperation.upsert_points(points))


def _nearest(vector: Vectors, limit: int) -> QueryRequest:
    return QueryRequest(query=Query.Nearest(vector.tolist(), using="dense"), limit=limit)
