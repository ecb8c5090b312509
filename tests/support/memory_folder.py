"""A folder for tests that sync files often: in memory where the system has such a place."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import disk_usage
from tempfile import TemporaryDirectory

_SHARED_MEMORY = Path("/dev/shm")
_ENOUGH = 2 * 1024**3


@contextmanager
def memory_folder() -> Iterator[Path]:
    """Deleted at the end."""
    roomy = _SHARED_MEMORY.is_dir() and disk_usage(_SHARED_MEMORY).free > _ENOUGH
    place = _SHARED_MEMORY if roomy else None
    with TemporaryDirectory(prefix="hezuo-", dir=place) as name:
        yield Path(name)
