"""Fifty thousand rows of each format in bounded memory."""

import gc
import tempfile
import tracemalloc
from collections.abc import Iterator

import pytest

from services.profiles.formats.registry import READERS, WRITERS
from shared.contracts.imports import ImportFormat
from shared.contracts.organisation import NewOrganisation
from tests.support.import_files import organisation

ROWS = 50_000
MOST_BYTES = 150 * 1024 * 1024
TEXT = "A capability that is described at some length. " * 20


def organisations() -> Iterator[NewOrganisation]:
    for number in range(ROWS):
        text = [{"id": "c1", "text": f"{number} {TEXT}"}]
        yield NewOrganisation.model_validate(organisation(number, capabilities=text))


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("format", list(WRITERS))
def test_memory_does_not_grow_with_the_file(format: ImportFormat) -> None:
    with tempfile.TemporaryFile() as file:
        tracemalloc.start()
        for piece in WRITERS[format](organisations()):
            file.write(piece)
        rows = sum(row.organisation is not None for row in READERS[format](file))
        gc.collect()
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    print(f"{format.value}: peak {peak / 2**20:.1f} MiB")
    assert rows == ROWS
    assert peak < MOST_BYTES
