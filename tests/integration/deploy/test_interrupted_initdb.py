import asyncio
import shutil
from pathlib import Path

import asyncpg

from deploy.embedded.postgres import EmbeddedPostgres


def test_a_cluster_that_was_never_finished_is_made_anew(tmp_path: Path) -> None:
    directory = tmp_path / "pg"
    first = EmbeddedPostgres(directory)
    first.start()
    first.stop()
    shutil.rmtree(directory / "base" / "5")
    again = EmbeddedPostgres(directory)
    again.start()
    try:
        assert asyncio.run(answer(again)) == 1
    finally:
        again.stop()


def test_a_finished_cluster_keeps_its_data(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path / "pg")
    server.start()
    server.create_database("kept")
    server.stop()
    server.start()
    try:
        assert asyncio.run(answer(server, "kept")) == 1
    finally:
        server.stop()


async def answer(server: EmbeddedPostgres, database: str = "postgres") -> int:
    connection = await asyncpg.connect(server.url(database).replace("+asyncpg", ""))
    try:
        return int(await connection.fetchval("select 1"))
    finally:
        await connection.close()
