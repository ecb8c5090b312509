"""pgvector in an embedded PostgreSQL: exact and with its HNSW index."""

import struct
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path

import asyncpg
import numpy as np

from deploy.embedded.postgres import EmbeddedPostgres
from services.matcher.domain.exact.statements import Vectors

_SIGNATURE = b"PGCOPY\n\xff\r\n\0" + struct.pack("!ii", 0, 0)
_END = struct.pack("!h", -1)


class PgVector:
    """One table of vectors, asked over a prepared statement and binary numbers."""

    def __init__(self, connection: "asyncpg.Connection[asyncpg.Record]") -> None:
        self._connection = connection
        self.build_seconds = 0.0

    async def load(self, vectors: Vectors) -> None:
        """Copy them in."""
        execute = self._connection.execute
        await execute("create extension if not exists vector")
        await execute(f"create table item (id int4, vector vector({vectors.shape[1]}))")
        source = BytesIO(_binary(vectors))
        await self._connection.copy_to_table("item", source=source, format="binary")
        await execute("analyze item")
        await self._connection.set_type_codec(
            "vector", schema="public", encoder=_encoded, decoder=bytes, format="binary"
        )

    async def build(self, *, m: int = 16, construction: int = 64) -> None:
        """The index, with pgvector's own defaults."""
        started = time.perf_counter()
        await self._connection.execute("set maintenance_work_mem = '1GB'")
        await self._connection.execute(
            "create index on item using hnsw (vector vector_ip_ops) "
            f"with (m = {m}, ef_construction = {construction})"
        )
        self.build_seconds = time.perf_counter() - started

    async def ask(
        self, queries: Vectors, limit: int, *, search: int | None = None
    ) -> tuple[list[list[int]], list[float]]:
        """Neighbours and milliseconds of each; `search` is hnsw.ef_search."""
        if search:
            await self._connection.execute(f"set hnsw.ef_search = {max(search, limit)}")
        statement = await self._connection.prepare(
            f"select id from item order by vector <#> $1 limit {limit}"
        )
        await statement.fetch(queries[0])
        found, times = [], []
        for one in queries:
            started = time.perf_counter()
            rows = await statement.fetch(one)
            times.append((time.perf_counter() - started) * 1000)
            found.append([row["id"] for row in rows])
        return found, times


@asynccontextmanager
async def pgvector(vectors: Vectors) -> AsyncIterator[PgVector]:
    """A server of its own with these vectors, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="hezuo-pgvector-") as folder:
        server = EmbeddedPostgres(Path(folder) / "data")
        server.start()
        try:
            connection = await asyncpg.connect(server.address)
            table = PgVector(connection)
            await table.load(vectors)
            yield table
            await connection.close()
        finally:
            server.stop()


def _encoded(vector: Sequence[float]) -> bytes:
    row = np.asarray(vector, dtype=">f4")
    return struct.pack("!hh", len(row), 0) + row.tobytes()


def _binary(vectors: Vectors) -> bytes:
    """PostgreSQL's binary copy format, made in one piece."""
    dimension = vectors.shape[1]
    kind = np.dtype(
        [
            ("fields", ">i2"),
            ("id_bytes", ">i4"),
            ("id", ">i4"),
            ("bytes", ">i4"),
            ("dimension", ">i2"),
            ("unused", ">i2"),
            ("vector", ">f4", (dimension,)),
        ]
    )
    rows = np.zeros(len(vectors), dtype=kind)
    rows["fields"], rows["id_bytes"], rows["id"] = 2, 4, np.arange(len(vectors))
    rows["bytes"], rows["dimension"], rows["vector"] = 4 + 4 * dimension, dimension, vectors
    return _SIGNATURE + rows.tobytes() + _END
