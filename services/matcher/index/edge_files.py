"""An Edge collection's directory: its manifest, and the signs that its files are whole.

`collection.json` is written once. `state.json` says whether a write is under way and, when
not, how many points there are and how long every file is; after a clean close also every
file's checksum. Memory-mapped files that somebody truncates would kill the process, so the
files are compared before the engine maps them.
"""

import json
import os
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from services.matcher.ports import IndexDamagedError

_CHUNK = 1 << 20


@dataclass(frozen=True)
class ShardState:
    """What the files should look like; `points` and `sizes` do not hold while `writing`."""

    writing: bool
    points: int = 0
    sizes: dict[str, int] = field(default_factory=dict)
    checksums: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class CollectionFiles:
    """The directory of one collection."""

    folder: Path

    @property
    def shard(self) -> Path:
        """Where the engine keeps its files."""
        return self.folder / "shard"

    def write_manifest(self, dimension: int) -> None:
        """Last thing when a collection is made."""
        _write(self.folder / "collection.json", {"format": 1, "dimension": dimension})

    def dimension(self) -> int:
        """Of its vectors; raises IndexDamagedError."""
        return int(_read(self.folder / "collection.json")["dimension"])

    def state(self) -> ShardState:
        """As last noted; raises IndexDamagedError."""
        try:
            return ShardState(**_read(self.folder / "state.json"))
        except TypeError as error:
            raise IndexDamagedError(f"{self.folder.name}: state.json is not ours") from error

    def note_writing(self) -> None:
        """Before the engine changes anything."""
        known = self._known()
        _write(self.folder / "state.json", {"writing": True, "sizes": known})

    def note_written(self, points: int, *, closed: bool = False) -> None:
        """After a flush; with `closed`, after the engine has let go of the files."""
        paths = self._paths()
        state = {
            "writing": False,
            "points": points,
            "sizes": {name: path.stat().st_size for name, path in paths.items()},
            "checksums": {name: _checksum(path) for name, path in paths.items()} if closed else {},
        }
        _write(self.folder / "state.json", state)

    def verify(self) -> ShardState:
        """Raises IndexDamagedError when a file is missing, cut, or changed since the close."""
        self.dimension()
        state = self.state()
        for name, size in state.sizes.items():
            path = self.shard / name
            if not path.is_file():
                raise IndexDamagedError(f"{self.folder.name}: {name} is missing")
            if not state.writing and path.stat().st_size < size:
                raise IndexDamagedError(f"{self.folder.name}: {name} is cut short")
        for name, checksum in state.checksums.items():
            if _checksum(self.shard / name) != checksum:
                raise IndexDamagedError(f"{self.folder.name}: {name} has changed")
        return state

    def _known(self) -> dict[str, int]:
        return dict.fromkeys(self._paths(), 0)

    def _paths(self) -> dict[str, Path]:
        """The engine's files without its log, whose files come and go."""
        paths = [path for path in self.shard.rglob("*") if path.is_file()]
        named = {path.relative_to(self.shard).as_posix(): path for path in paths}
        return {name: path for name, path in named.items() if not name.startswith("wal/")}


def _checksum(path: Path) -> int:
    value = 0
    with path.open("rb") as source:
        while block := source.read(_CHUNK):
            value = zlib.crc32(block, value)
    return value


def _write(path: Path, document: dict[str, Any]) -> None:
    """Whole or not at all, also when the power fails."""
    beside = path.with_suffix(".new")
    with beside.open("w", encoding="utf-8") as target:
        json.dump(document, target)
        target.flush()
        os.fsync(target.fileno())
    beside.replace(path)


def _read(path: Path) -> dict[str, Any]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise IndexDamagedError(f"{path.parent.name}: {path.name} cannot be read") from error
    if not isinstance(document, dict):
        raise IndexDamagedError(f"{path.parent.name}: {path.name} is not ours")
    return document
