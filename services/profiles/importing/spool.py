"""A temporary copy of the uploaded file, for reading with seeks."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import BinaryIO, cast

from services.profiles.importing.files import ImportFiles


@dataclass(frozen=True)
class Spool:
    """An open file without a name; it is gone when it is closed."""

    file: BinaryIO


@asynccontextmanager
async def spooled(files: ImportFiles, job_id: str) -> AsyncIterator[Spool]:
    """The job's file."""
    with tempfile.TemporaryFile() as target:
        file = cast(BinaryIO, target)
        await files.copy(job_id, file)
        yield Spool(file)
