from collections.abc import Iterator

import pytest

from deploy.embedded.postgres import EmbeddedPostgres
from tests.support.stack import Stack


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory, postgres: EmbeddedPostgres) -> Iterator[Stack]:
    """One running platform for all end-to-end tests of a worker."""
    # All tests come from one address: those without a credential must not use up its budget.
    rates = {"HEZUO_ANONYMOUS_RATE_LIMIT": "60000/minute", "HEZUO_RATE_LIMIT": "60000/minute"}
    stack = Stack(tmp_path_factory.mktemp("stack"), postgres, **rates)
    stack.start()
    yield stack
    stack.stop()
