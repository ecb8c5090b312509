"""Nearest statements at a recall of .98 of the true fifty, by several indexes."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.rematch_pgvector import PgVector
from benchmarks.rematch_rivals import (
    EdgeIndex,
    local_client,
    milliseconds_each,
    recall,
    true_neighbours,
)
from services.matcher.domain.exact.statements import Vectors

LIMIT = 50
REACH = 0.98
_BATCH = 32
_SEARCHES = (50, 80, 120, 200, 400, 800)


@dataclass(frozen=True)
class Retrieval:
    """One way to the neighbours of a statement."""

    name: str
    milliseconds: float
    """Median of a query; of a batch its share."""
    recall: float
    note: str = ""


class Questions:
    """Queries and their true neighbours."""

    def __init__(self, vectors: Vectors, queries: Vectors) -> None:
        self.queries = queries
        self.truth = true_neighbours(vectors, queries, LIMIT)

    def result(
        self, name: str, times: Sequence[float], found: Sequence[Sequence[int]], note: str = ""
    ) -> Retrieval:
        """With its recall."""
        return Retrieval(name, float(np.median(times)), recall(found, self.truth), note)


def edge(name: str, index: EdgeIndex, asked: Questions) -> list[Retrieval]:
    """One at a time, and many at once as a rematch asks."""
    found = [index.batch(one[None], LIMIT)[0] for one in asked.queries]
    alone = milliseconds_each(lambda one: index.batch(one[None], LIMIT), asked.queries)
    shares = []
    for start in range(0, len(asked.queries), _BATCH):
        some = asked.queries[start : start + _BATCH]
        started = time.perf_counter()
        index.batch(some, LIMIT)
        shares.append((time.perf_counter() - started) * 1000 / len(some))
    return [
        asked.result(f"{name}, one at a time", alone, found),
        asked.result(f"{name}, batches of {_BATCH}", shares, found),
    ]


async def postgres(table: PgVector, asked: Questions) -> Retrieval:
    """With the smallest ef_search that reaches the recall."""
    for search in _SEARCHES:
        found, times = await table.ask(asked.queries, LIMIT, search=search)
        result = asked.result("pgvector, HNSW", times, found, f"ef_search {search}")
        if result.recall >= REACH:
            break
    return result


def local(vectors: Vectors, asked: Questions, sample: int) -> Retrieval:
    """qdrant-client's local mode."""
    client = local_client(vectors)

    def ids(vector: Vectors) -> list[int]:
        return [int(p.id) for p in client.query_points("all", query=vector, limit=LIMIT).points]

    some = Questions(vectors, asked.queries[:sample])
    found = [ids(one) for one in some.queries]
    times = milliseconds_each(ids, some.queries)
    return some.result("qdrant-client, local mode", times, found)


def edge_index(folder: Path, vectors: Vectors) -> EdgeIndex:
    """Exact until it is optimized, as the matcher uses it."""
    return EdgeIndex(folder, vectors)
