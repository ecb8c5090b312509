"""The directory of Edge collections; one process has it at a time."""

import fcntl
import re
import shutil
from asyncio import Lock, get_running_loop
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path
from typing import TextIO, TypeVar

from services.matcher.index.edge import EdgeVectorIndex
from services.matcher.index.edge_shard import MINIMUM_FREE_BYTES, OpenShard
from services.matcher.ports import IndexInUseError
from shared.errors import ProblemError

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@=-]{0,200}")
_T = TypeVar("_T")


class EdgeVectorIndexes:
    """See `VectorIndexes`. One folder below `root` per collection; `close()` at the end."""

    def __init__(self, root: Path, *, minimum_free_bytes: int = MINIMUM_FREE_BYTES) -> None:
        self._root = root
        self._free_bytes = minimum_free_bytes
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="qdrant-edge")
        self._open: dict[str, EdgeVectorIndex] = {}
        self._changing = Lock()
        self._lock: TextIO | None = None

    async def open(self, collection: str, dimension: int) -> EdgeVectorIndex:
        """Open or create; the same object when it is open already.

        Raises IndexDamagedError, IndexInUseError, ProblemError(out_of_space), and ValueError on
        a name that is no file name or another dimension than it was made with.
        """
        folder = self._folder(collection)
        async with self._changing:
            if collection not in self._open:
                shard = await self._run(lambda: self._load(folder, dimension))
                self._open[collection] = EdgeVectorIndex(collection, shard, self._thread)
            return self._open[collection]

    async def drop(self, collection: str) -> None:
        """Close and delete it, damaged or not; nothing happens when there is none."""
        folder = self._folder(collection)
        async with self._changing:
            index = self._open.pop(collection, None)
            if index:
                await index.release()
            await self._run(lambda: self._remove(folder))

    async def names(self) -> list[str]:
        """Collections that exist, ascending."""
        return await self._run(self._names)

    async def server_version(self) -> str:
        """Version of the engine in this process."""
        return f"qdrant-edge {version('qdrant-edge-py')}"

    async def close(self) -> None:
        """Close every collection, give the directory back, end the thread."""
        async with self._changing:
            for index in self._open.values():
                await index.close()
            self._open.clear()
            if self._lock:
                self._lock.close()
                self._lock = None
        self._thread.shutdown()

    def _load(self, folder: Path, dimension: int) -> OpenShard:
        self._take()
        if not folder.exists():
            if shutil.disk_usage(self._root).free < self._free_bytes:
                raise ProblemError("out_of_space")
            OpenShard.create(folder, dimension)
        return OpenShard.load(folder, dimension, self._free_bytes)

    def _remove(self, folder: Path) -> None:
        self._take()
        if folder.exists():
            # Renamed first: a half-deleted collection must not look like a damaged one.
            gone = folder.with_name(f".{folder.name}.gone")
            shutil.rmtree(gone, ignore_errors=True)
            folder.rename(gone)
            shutil.rmtree(gone)

    def _take(self) -> None:
        """The lock ends with the process, so it cannot go stale."""
        if self._lock:
            return
        self._root.mkdir(parents=True, exist_ok=True)
        lock = (self._root / "lock").open("a")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            lock.close()
            raise IndexInUseError(
                f"another process has the index in {self._root} open: stop that matcher first"
            ) from error
        self._lock = lock

    def _names(self) -> list[str]:
        if not self._root.is_dir():
            return []
        folders = [one.name for one in self._root.iterdir() if one.is_dir()]
        return sorted(name for name in folders if not name.startswith("."))

    def _folder(self, collection: str) -> Path:
        if not _NAME.fullmatch(collection):
            raise ValueError(f"{collection!r} cannot be a collection's name")
        return self._root / collection

    async def _run(self, call: Callable[[], _T]) -> _T:
        return await get_running_loop().run_in_executor(self._thread, call)
