"""One supervisor per data directory, held by the kernel so that no crash leaves it locked."""

import fcntl
import os
from pathlib import Path
from typing import IO

from deploy.embedded.failures import StartError


class DirectoryLock:
    """A lock file with the holder's pid; the lock itself ends with the process."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[str] | None = None

    def acquire(self) -> bool:
        """Take the lock; True when a dead process had left its pid behind.

        Raises StartError while another process holds it.
        """
        file = self._path.open("a+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.close()
            raise self._held() from error
        file.seek(0)
        was_stale = bool(file.read().strip())
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        self._file = file
        return was_stale

    def release(self) -> None:
        """Give it back. The file stays, empty: removing it would race with the next taker."""
        if self._file is not None:
            self._file.truncate(0)
            self._file.close()
            self._file = None

    def refuse_if_held(self) -> None:
        """Raises StartError while another process holds it; takes nothing."""
        if self.holder() is not None:
            raise self._held()

    def holder(self) -> int | None:
        """The pid of the process that holds the lock now; None when nobody does."""
        try:
            with self._path.open("r+") as file:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    return int(file.read().strip() or 0) or None
                return None
        except (FileNotFoundError, ValueError):
            return None

    def _held(self) -> StartError:
        root = self._path.parent
        return StartError(
            f"Hezuo already runs on {root} (process {self.holder() or 'unknown'}).",
            f"See it with `hezuo status --data-dir {root}`, stop it with "
            f"`hezuo down --data-dir {root}`, or name another --data-dir.",
        )
