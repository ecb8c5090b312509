"""Alembic, run by code: every service keeps its migrations beside its storage."""

import asyncio
from importlib.resources import files

import sqlalchemy as sa
from alembic import command, context
from alembic.config import Config
from sqlalchemy.ext.asyncio import create_async_engine


def migrate(package: str, database_url: str) -> None:
    """Bring the database of `package` (for instance `services.profiles`) to its newest version.

    Blocking, and it starts an event loop: call it from a thread without one.
    """
    config = Config()
    config.set_main_option("script_location", str(files(package) / "migrations"))
    config.attributes["database_url"] = database_url
    command.upgrade(config, "head")


def run_migrations(metadata: sa.MetaData) -> None:
    """What each service's `migrations/env.py` calls."""
    asyncio.run(_run(metadata, context.config.attributes["database_url"]))


async def _run(metadata: sa.MetaData, url: str) -> None:
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        # Replicas may start together: one migrates, the others wait and find nothing to do.
        await connection.execute(sa.text("select pg_advisory_xact_lock(7203)"))
        await connection.run_sync(_upgrade, metadata)
    await engine.dispose()


def _upgrade(connection: sa.Connection, metadata: sa.MetaData) -> None:
    context.configure(connection=connection, target_metadata=metadata)
    context.run_migrations()
