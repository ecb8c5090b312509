from collections.abc import Iterator

import pytest

from deploy.embedded.postgres import EmbeddedPostgres
from tests.support.stack import Stack


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory, postgres: EmbeddedPostgres) -> Iterator[Stack]:
    """A platform of this module's own, to be broken."""
    stack = Stack(tmp_path_factory.mktemp("stack"), postgres)
    stack.start()
    yield stack
    stack.stop()
