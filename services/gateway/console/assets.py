"""Static files under the hash of their content: a browser keeps them for a year."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

PREFIX = "/console/static/"
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
}


@dataclass(frozen=True)
class Asset:
    """A file as it is served."""

    content: bytes
    media_type: str


class Assets:
    """All files of some folders, read once; where two have one name, the first counts."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._addresses: dict[str, str] = {}
        self._served: dict[str, Asset] = {}
        for folder in folders:
            for file in sorted(folder.iterdir()):
                if file.suffix in _TYPES and file.name not in self._addresses:
                    self._take(file)

    def address(self, name: str) -> str:
        """Where a file is. Raises KeyError."""
        return self._addresses[name]

    def find(self, served_name: str) -> Asset | None:
        """The file behind the last part of its address."""
        return self._served.get(served_name)

    def import_map(self) -> dict[str, dict[str, str]]:
        """Modules as `hezuo/<name>`, so that they import each other whatever their hashes."""
        modules = {
            f"hezuo/{name.removesuffix('.js')}": address
            for name, address in self._addresses.items()
            if name.endswith(".js")
        }
        return {"imports": modules}

    def _take(self, file: Path) -> None:
        content = file.read_bytes()
        served = f"{file.stem}.{sha256(content).hexdigest()[:12]}{file.suffix}"
        self._addresses[file.name] = PREFIX + served
        self._served[served] = Asset(content, _TYPES[file.suffix])
