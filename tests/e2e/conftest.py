from collections.abc import Iterator

import pytest

from deploy.embedded.postgres import EmbeddedPostgres
from tests.support.stack import Stack


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory, postgres: EmbeddedPostgres) -> Iterator[Stack]:
    """One running platform for all end-to-end tests of a worker."""
    stack = Stack(tmp_path_factory.mktemp("stack"), postgres)
    stack.start()
    yield stack
    stack.stop()
