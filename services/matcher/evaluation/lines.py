"""Lines of a plain or gzipped text file, with their numbers."""

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from services.matcher.evaluation.dataset_error import DatasetError


def find_file(folder: Path, name: str) -> Path:
    """`name` or `name.gz` in a folder. Raises DatasetError when neither or both are there."""
    there = [path for path in (folder / name, folder / f"{name}.gz") if path.is_file()]
    if not there:
        mend = f"put {name} or {name}.gz into {folder}"
        raise DatasetError(folder / name, None, "the file is missing", mend)
    if len(there) > 1:
        mend = "keep one of the two"
        raise DatasetError(folder / name, None, f"{name} and {name}.gz are both there", mend)
    return there[0]


def numbered_lines(file: Path) -> Iterator[tuple[int, str]]:
    """(line number from 1, line without its end). Raises DatasetError."""
    number = 0
    try:
        with _open(file) as raw:
            for number, line in enumerate(raw, start=1):
                yield number, line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise DatasetError(file, number, "not UTF-8", "save the file as UTF-8") from error
    except (OSError, EOFError, zlib.error) as error:
        problem = f"cannot be read after line {number}: {error}"
        raise DatasetError(file, number + 1, problem, "fetch or write the file again") from error


def _open(file: Path) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(file, "rb")) if file.suffix == ".gz" else file.open("rb")
