"""Embeddings in PostgreSQL: any process reads them without opening the index."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TypeVar

import numpy as np
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, BYTEA, insert

from services.matcher.ports import ContentKey, Vectors
from shared.db import Database

KEYS_PER_STATEMENT = 5000
VECTORS_PER_STATEMENT = 2000

_DTYPE = np.dtype("<f4")
_T = TypeVar("_T")


class PostgresEmbeddingStore:
    """EmbeddingStore over the table that `embedding_table` makes."""

    def __init__(self, database: Database, table: sa.Table) -> None:
        self._database = database
        self._table = table

    async def get(self, model: str, keys: Sequence[ContentKey]) -> dict[ContentKey, Vectors]:
        """The vectors that are there, each of shape (dimension,), read-only."""
        columns = self._table.c
        query = sa.select(columns.digest, columns.vector).where(
            columns.model == model, _among(columns.digest)
        )
        found = {}
        async with self._database.reading() as connection:
            for some in _chunks(keys, KEYS_PER_STATEMENT):
                rows = await connection.execute(query, {"digests": [key.digest for key in some]})
                found.update(
                    {ContentKey(row.digest): np.frombuffer(row.vector, _DTYPE) for row in rows}
                )
        return found

    async def put(self, model: str, vectors: dict[ContentKey, Vectors]) -> None:
        """Keep vectors; what is there stays as it is."""
        if not vectors:
            return
        async with self._database.transaction() as connection:
            # In one order, so that two writers of the same texts do not lock each other out.
            ordered = sorted(vectors.items(), key=lambda item: item[0].digest)
            for some in _chunks(ordered, VECTORS_PER_STATEMENT):
                await connection.execute(self._insert(), _arrays(model, some))

    async def forget(self, keys: Sequence[ContentKey]) -> None:
        """Erase the vectors of these texts, of every model."""
        statement = self._table.delete().where(_among(self._table.c.digest))
        async with self._database.transaction() as connection:
            for some in _chunks(keys, KEYS_PER_STATEMENT):
                await connection.execute(statement, {"digests": [key.digest for key in some]})

    async def page(self, *, after: ContentKey | None, limit: int) -> list[ContentKey]:
        """The next keys that have a vector of any model, in order."""
        digest = self._table.c.digest
        query = sa.select(digest).distinct().order_by(digest).limit(limit)
        if after:
            query = query.where(digest > after.digest)
        async with self._database.reading() as connection:
            return [ContentKey(one) for one in (await connection.execute(query)).scalars()]

    def _insert(self) -> sa.Insert:
        arrays = (
            sa.func.unnest(
                sa.bindparam("digests", type_=ARRAY(BYTEA)),
                sa.bindparam("vectors", type_=ARRAY(BYTEA)),
            )
            .table_valued("digest", "vector", name="incoming")
            .render_derived()
            .render_derived()
        )
        rows = sa.select(
            sa.bindparam("model", type_=sa.Text), arrays.c.digest, arrays.c.vector
        ).select_from(arrays)
        return (
            insert(self._table)
            .from_select(["model", "digest", "vector"], rows)
            .on_conflict_do_nothing()
        )


def _among(digest: sa.Column[bytes]) -> sa.ColumnElement[bool]:
    return digest == sa.any_(sa.bindparam("digests", type_=ARRAY(BYTEA)))


def _arrays(model: str, items: Sequence[tuple[ContentKey, Vectors]]) -> dict[str, object]:
    return {
        "model": model,
        "digests": [key.digest for key, _ in items],
        "vectors": [np.asarray(vector, _DTYPE).tobytes() for _, vector in items],
    }


def _chunks(items: Sequence[_T], size: int) -> Iterator[list[_T]]:
    source = iter(items)
    while some := list(islice(source, size)):
        yield some
