"""A platform that is upgraded keeps its organisations, and the tables are those of the code."""

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy.ext.asyncio import create_async_engine

from services.matcher.schema import metadata
from shared.migrations import migrate
from tests.support.truth import query


def test_the_newest_revision_has_the_tables_and_columns_of_the_code(
    migrated_database: Callable[[str], str],
) -> None:
    assert asyncio.run(_differences(migrated_database("services.matcher"))) == []


def test_organisations_of_before_keep_their_capacity_and_are_not_stale_at_once(
    migrated_database: Callable[[str], str],
) -> None:
    url = migrated_database("services.matcher")
    _downgrade(url, "0001")
    insert = "insert into organisation (id, version, status, snapshot) values ($1, 1, 'active', $2)"
    query(url, insert, "old", json.dumps({"capacity": 7}))
    query(url, insert, "gone", None)
    migrate("services.matcher", url)
    rows = query(url, "select id, capacity, updated_at from organisation order by id")
    assert [(row["id"], row["capacity"]) for row in rows] == [("gone", None), ("old", 7)]
    assert all(datetime.now(UTC) - row["updated_at"] < timedelta(minutes=5) for row in rows)


async def _differences(url: str) -> list[Any]:
    engine = create_async_engine(url)
    try:
        async with engine.connect() as connection:
            return list(await connection.run_sync(_compared))
    finally:
        await engine.dispose()


def _compared(connection: sa.Connection) -> list[Any]:
    return list(compare_metadata(MigrationContext.configure(connection), metadata))


def _downgrade(url: str, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(files("services.matcher") / "migrations"))
    config.attributes["database_url"] = url
    command.downgrade(config, revision)
