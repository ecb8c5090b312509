"""Reading the file to import: its format, its bytes, and how far the reading is."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

from cli.failures import CommandError
from cli.options import Format

_PIECE = 256 * 1024
_BY_ENDING = {
    ".csv": Format.CSV,
    ".xlsx": Format.XLSX,
    ".zip": Format.CORDIS,
    ".jsonl": Format.JSONL,
    ".ndjson": Format.JSONL,
    ".json": Format.ROR,
}


_OF_A_DATA_SET = ("organisations.jsonl.gz", "organisations.jsonl")


class ImportFile:
    """A file on disk, unpacked on the way when it ends in `.gz`; of a data set's folder, its
    organisations."""

    def __init__(self, path: Path) -> None:
        path = _organisations_in(path) if path.is_dir() else path
        if not path.is_file():
            raise CommandError(f"there is no file {path}")
        self._path = path
        self._packed = path.suffix == ".gz"
        self.name = path.name.removesuffix(".gz")
        self.size = path.stat().st_size
        self.position = 0
        """Bytes of the file on disk that were read so far."""

    def pieces(self) -> Iterator[bytes]:
        """The content, piece by piece. Raises CommandError when it cannot be read."""
        try:
            with self._path.open("rb") as raw:
                stream = gzip.GzipFile(fileobj=raw) if self._packed else raw
                while piece := stream.read(_PIECE):
                    self.position = raw.tell()
                    yield piece
        except (OSError, EOFError) as error:
            raise CommandError(f"{self._path} cannot be read: {error}") from error

    def guess_format(self) -> Format:
        """By the name's ending; for JSON Lines also by the first row."""
        ending = Path(self.name).suffix.lower()
        if ending not in _BY_ENDING:
            raise CommandError(f"what is in {self._path.name}? Say it with --format.")
        by_name = _BY_ENDING[ending]
        return self._kind_of_lines() if by_name is Format.JSONL else by_name

    def _kind_of_lines(self) -> Format:
        """ROR has a list of names, a data set one `name`, our own rows an object `names`."""
        first = next(self.pieces(), b"").split(b"\n", 1)[0]
        try:
            row = json.loads(first)
        except ValueError:
            return Format.JSONL
        if not isinstance(row, dict):
            return Format.JSONL
        if isinstance(row.get("names"), list):
            return Format.ROR
        return Format.DATASET if "name" in row and "names" not in row else Format.JSONL


def _organisations_in(folder: Path) -> Path:
    for name in _OF_A_DATA_SET:
        if (folder / name).is_file():
            return folder / name
    raise CommandError(
        f"{folder} is a folder without {_OF_A_DATA_SET[0]}, which a data set has; name a file"
    )
