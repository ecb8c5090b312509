"""What a user would pick instead, for the first half of the work: every statement's neighbours.

None of them joins statements to organisations or both directions; that would come on top. Each is
asked for a sample, and its time is multiplied; building the index is left out.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from qdrant_client import QdrantClient, models
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
from sklearn.neighbors import NearestNeighbors

from services.matcher.domain.exact.statements import AllStatements, Vectors

NEIGHBOURS = 100
_POINTS = 1000


@dataclass(frozen=True)
class Rival:
    """Seconds for all statements, extrapolated from a sample."""

    name: str
    seconds: float
    sampled: int
    """Statements that were asked."""
    statements: int
    note: str = ""


class EdgeIndex:
    """The platform's own engine, bare: one dense vector for each point."""

    def __init__(self, folder: Path, vectors: Vectors) -> None:
        folder.mkdir(parents=True)
        parameters = EdgeVectorParams(size=vectors.shape[1], distance=Distance.Cosine)
        self._shard = EdgeShard.create(str(folder), EdgeConfig(vectors={"dense": parameters}))
        for start in range(0, len(vectors), _POINTS):
            rows = vectors[start : start + _POINTS].tolist()
            points = [
                Point(id=start + place, vector={"dense": row}, payload={})
                for place, row in enumerate(rows)
            ]
            self._shard.update(UpdateOperation.upsert_points(points))
        self._shard.flush()

    def batch(self, vectors: Vectors, limit: int) -> list[list[int]]:
        """Ids of the neighbours of each."""
        asked = [
            QueryRequest(query=Query.Nearest(one, using="dense"), limit=limit)
            for one in vectors.tolist()
        ]
        found = self._shard.query_batch(QueryBatchRequest(asked))
        return [[hit.id for hit in hits] for hits in found]

    def optimize(self) -> None:
        """Build its graph; holds the interpreter all the while."""
        self._shard.optimize()

    def close(self) -> None:
        """Release the directory."""
        self._shard.close()


def local_client(vectors: Vectors) -> QdrantClient:
    """qdrant-client's local mode in memory, with these points."""
    client = QdrantClient(":memory:")
    size = models.VectorParams(size=vectors.shape[1], distance=models.Distance.COSINE)
    client.create_collection("all", vectors_config=size)
    client.upload_collection("all", vectors=vectors, ids=list(range(len(vectors))))
    return client


def organisation_loop(statements: AllStatements, index: EdgeIndex, sample: int) -> Rival:
    """One batch of queries for each organisation: the suggestions' own first step, and no more."""
    needs = statements.needs
    places = np.linspace(0, statements.organisations - 1, sample).astype(int)
    started, asked = time.perf_counter(), 0
    for place in places.tolist():
        first = int(needs.starts[place])
        own = needs.vectors[first : first + int(needs.counts[place])]
        index.batch(own, NEIGHBOURS)
        asked += len(own)
    return _all(
        "loop over organisations, index", time.perf_counter() - started, asked, statements,
        "bare query_batch of each one's statements",
    )  # fmt: skip


def local_mode(statements: AllStatements, client: QdrantClient, sample: int) -> Rival:
    """One call for each statement."""

    def ask(vector: Vectors) -> None:
        client.query_points("all", query=vector, limit=NEIGHBOURS)

    return _each("qdrant-client, local mode", ask, statements, sample)


def nearest_neighbors(statements: AllStatements, metric: str, sample: int) -> Rival:
    """scikit-learn, all statements of the sample in one call."""
    model = NearestNeighbors(n_neighbors=NEIGHBOURS, algorithm="brute", metric=metric, n_jobs=-1)
    model.fit(statements.capabilities.vectors)
    rows = statements.needs.vectors[:sample]
    started = time.perf_counter()
    model.kneighbors(rows, return_distance=False)
    return _all(
        f"scikit-learn NearestNeighbors, {metric}", time.perf_counter() - started, len(rows),
        statements, "brute force, one call",
    )  # fmt: skip


def milliseconds_each(ask: Callable[[Vectors], object], vectors: Vectors) -> list[float]:
    """Of each query alone."""
    found = []
    for one in vectors:
        started = time.perf_counter()
        ask(one)
        found.append((time.perf_counter() - started) * 1000)
    return found


def recall(found: Sequence[Sequence[int]], truth: Sequence[Sequence[int]]) -> float:
    """Share of the true neighbours that were found."""
    hits = sum(len(set(a) & set(b)) for a, b in zip(found, truth, strict=True))
    return hits / sum(len(one) for one in truth)


def true_neighbours(vectors: Vectors, queries: Vectors, limit: int) -> list[list[int]]:
    """By all products."""
    order = np.argsort(-(queries @ vectors.T), axis=1, kind="stable")
    found: list[list[int]] = order[:, :limit].tolist()
    return found


def _each(
    name: str, ask: Callable[[Vectors], object], statements: AllStatements, sample: int
) -> Rival:
    rows = statements.needs.vectors[:sample]
    seconds = sum(milliseconds_each(ask, rows)) / 1000
    return _all(name, seconds, len(rows), statements, "one query a statement")


def _all(name: str, seconds: float, asked: int, statements: AllStatements, note: str) -> Rival:
    """Both sides ask: needs among capabilities and capabilities among needs."""
    total = len(statements.needs.vectors) + len(statements.capabilities.vectors)
    return Rival(name, seconds * total / asked, asked, total, note)
