"""PostgreSQL through SQLAlchemy Core: one engine per process, one transaction per use case."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from shared.database_problems import told_as_problems
from shared.idle_connections import ping_the_idle


class Database:
    """The process's connection pool."""

    def __init__(self, url: str, *, pool_size: int = 8) -> None:
        self.engine: AsyncEngine = create_async_engine(
            url,
            hide_parameters=True,  # errors are logged, and parameters may be confidential text
            pool_size=pool_size,
            max_overflow=4,
            pool_timeout=5,
            connect_args={"timeout": 5, "command_timeout": 60},
        )
        ping_the_idle(self.engine)
        self._each_alone = self.engine.execution_options(isolation_level="AUTOCOMMIT")

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that is committed when the block ends, rolled back when it raises.

        Raises ProblemError `not_ready` or `out_of_space` when PostgreSQL cannot do its part.
        """
        with told_as_problems():
            async with self.engine.begin() as connection:
                yield connection

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A connection for reads; nothing done in it is kept."""
        with told_as_problems():
            async with self.engine.connect() as connection:
                yield connection

    @asynccontextmanager
    async def statements(self) -> AsyncIterator[AsyncConnection]:
        """A connection for reads of which each stands alone: no round trips to begin and end."""
        with told_as_problems():
            async with self._each_alone.connect() as connection:
                yield connection

    async def server_version(self) -> str:
        """PostgreSQL's version, which also proves that it answers."""
        async with self.reading() as connection:
            return str((await connection.execute(text("show server_version"))).scalar_one())

    async def close(self) -> None:
        """Return every connection."""
        await self.engine.dispose()
