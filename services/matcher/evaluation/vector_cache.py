"""Embeddings by content in one SQLite file, so that a second evaluation takes seconds."""

import asyncio
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np

from services.matcher.ports import ContentKey, Vectors

FILE = "embeddings.sqlite"
_DTYPE = np.dtype("<f4")
_KEYS_AT_ONCE = 500
_TABLE = """CREATE TABLE IF NOT EXISTS embedding (
    model TEXT NOT NULL, digest BLOB NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (model, digest)
) WITHOUT ROWID"""


def default_cache_directory() -> Path:
    """`$XDG_CACHE_HOME/hezuo`, else `~/.cache/hezuo`."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "hezuo"


class SqliteEmbeddingStore:
    """EmbeddingStore over a file; several processes may share it.

    Holds vectors of evaluation texts only, never of a platform's members.
    """

    def __init__(self, directory: Path) -> None:
        self._file = directory / FILE

    async def get(self, model: str, keys: Sequence[ContentKey]) -> dict[ContentKey, Vectors]:
        """The vectors that are there, each of shape (dimension,), read-only."""
        return await asyncio.to_thread(self.read, model, keys)

    async def put(self, model: str, vectors: dict[ContentKey, Vectors]) -> None:
        """Keep vectors; what is there stays as it is."""
        await asyncio.to_thread(self.write, model, vectors)

    def write(self, model: str, vectors: dict[ContentKey, Vectors]) -> None:
        """As `put`, blocking."""
        rows = [
            (model, key.digest, np.asarray(vector, _DTYPE).tobytes())
            for key, vector in vectors.items()
        ]
        self._write("INSERT OR IGNORE INTO embedding VALUES (?,?,?)", rows)

    async def forget(self, keys: Sequence[ContentKey]) -> None:
        """Erase the vectors of these texts, of every model."""
        rows = [(key.digest,) for key in keys]
        await asyncio.to_thread(self._write, "DELETE FROM embedding WHERE digest = ?", rows)

    async def page(self, *, after: ContentKey | None, limit: int) -> list[ContentKey]:
        """The next keys that have a vector of any model, in order."""
        return await asyncio.to_thread(self._page, after.digest if after else b"", limit)

    def _page(self, after: bytes, limit: int) -> list[ContentKey]:
        query = "SELECT DISTINCT digest FROM embedding WHERE digest > ? ORDER BY digest LIMIT ?"
        with self._connection() as connection:
            return [ContentKey(one) for (one,) in connection.execute(query, (after, limit))]

    def read(self, model: str, keys: Sequence[ContentKey]) -> dict[ContentKey, Vectors]:
        """As `get`, blocking."""
        found: dict[ContentKey, Vectors] = {}
        with self._connection() as connection:
            for start in range(0, len(keys), _KEYS_AT_ONCE):
                some = [key.digest for key in keys[start : start + _KEYS_AT_ONCE]]
                marks = ",".join("?" * len(some))
                rows = connection.execute(
                    f"SELECT digest, vector FROM embedding WHERE model = ? AND digest IN ({marks})",  # noqa: S608
                    (model, *some),
                )
                found.update((ContentKey(one), np.frombuffer(raw, _DTYPE)) for one, raw in rows)
        return found

    def _write(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        with self._connection() as connection, connection:
            connection.executemany(statement, rows)

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self._file, timeout=60)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute(_TABLE)
            yield connection
