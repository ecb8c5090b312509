"""The uploaded file as pieces in PostgreSQL."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import BinaryIO

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from services.profiles.importing.schema import import_chunks, import_jobs
from shared.contracts.imports import ImportStatus
from shared.db import Database

PIECE_BYTES = 1 << 20


class UploadClosedError(Exception):
    """The job does not take pieces any more: it was cancelled."""


class ImportFiles:
    """Takes files in and gives them out again, piece by piece."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def receive(self, job_id: str, stream: AsyncIterator[bytes]) -> None:
        """Store all pieces, then let the job run. Raises UploadClosedError."""
        number = 0
        async for piece in _pieces(stream):
            async with self._database.transaction() as connection:
                await self._move(connection, job_id, ImportStatus.RECEIVING)
                await connection.execute(
                    import_chunks.insert().values(job_id=job_id, number=number, data=piece)
                )
            number += 1
        async with self._database.transaction() as connection:
            await self._move(connection, job_id, ImportStatus.RUNNING)

    async def copy(self, job_id: str, target: BinaryIO) -> None:
        """Write the whole file."""
        number = 0
        query = sa.select(import_chunks.c.data).where(import_chunks.c.job_id == job_id)
        async with self._database.reading() as connection:
            while data := await connection.scalar(query.where(import_chunks.c.number == number)):
                target.write(data)
                number += 1

    async def _move(self, connection: AsyncConnection, job_id: str, status: ImportStatus) -> None:
        receiving = import_jobs.c.status == ImportStatus.RECEIVING.value
        moved = await connection.execute(
            import_jobs.update()
            .where(import_jobs.c.id == job_id, receiving)
            .values(status=status.value, progress_at=datetime.now(UTC))
        )
        if moved.rowcount != 1:
            raise UploadClosedError(job_id)


async def _pieces(stream: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    buffer = bytearray()
    async for data in stream:
        buffer += data
        while len(buffer) >= PIECE_BYTES:
            yield bytes(buffer[:PIECE_BYTES])
            del buffer[:PIECE_BYTES]
    if buffer:
        yield bytes(buffer)
