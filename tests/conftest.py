"""Real PostgreSQL and NATS for every test that asks; one server each, one database a test."""

import asyncio
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import asyncpg
import pytest

from deploy.embedded.nats import EmbeddedNats
from deploy.embedded.postgres import EmbeddedPostgres
from shared.migrations import migrate
from tests.support.ports import free_port


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    """One server for each worker process."""
    server = EmbeddedPostgres(tmp_path_factory.mktemp("pg") / "data")
    server.start()
    _forget_durability(server)
    yield server
    server.stop()


def _forget_durability(server: EmbeddedPostgres) -> None:
    """No test pulls the plug of the machine: without fsync, databases are made in no time."""

    async def configure() -> None:
        connection = await asyncpg.connect(server.address)
        for setting in ("fsync = off", "full_page_writes = off", "autovacuum = off"):
            await connection.execute(f"alter system set {setting}")
        await connection.execute("select pg_reload_conf()")
        await connection.close()

    asyncio.run(configure())


@pytest.fixture(scope="session")
def migrated_database(postgres: EmbeddedPostgres) -> Callable[[str], str]:
    """Makes a fresh database with a service's tables: migrated_database("services.profiles")."""
    templates: dict[str, str] = {}

    def make(package: str) -> str:
        if package not in templates:
            templates[package] = f"template_{package.replace('.', '_')}"
            postgres.create_database(templates[package])
            migrate(package, postgres.url(templates[package]))
        name = f"t_{uuid4().hex[:12]}"
        postgres.create_database(name, template=templates[package])
        return postgres.url(name)

    def make_in_a_thread(package: str) -> str:
        # Asynchronous tests call this inside their event loop; making a database starts one.
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(make, package).result()

    return make_in_a_thread


@pytest.fixture(scope="module")
def nats_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedNats]:
    server = EmbeddedNats(tmp_path_factory.mktemp("nats"), free_port())
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The evaluation data beside the checkout; tests that need it say so where it is not."""
    folder = Path(__file__).parents[2] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the evaluation data (../shared/data) is not here")
    return folder
