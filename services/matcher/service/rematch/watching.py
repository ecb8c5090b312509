"""A job's progress as Server-Sent Events (WHATWG HTML, section 9.2)."""

import asyncio
from collections.abc import AsyncIterator

from services.matcher.service.rematch.jobs import RematchDesk
from shared.contracts.rematch import RematchJob
from shared.errors import ProblemError

_LOOK_SECONDS = 0.5
_SILENT_LOOKS = 20


async def watched(desk: RematchDesk, first: RematchJob) -> AsyncIterator[str]:
    """`progress` whenever something has changed, and `end` with the last state.

    A comment every ten seconds keeps the line open. Where PostgreSQL is away the stream ends, and
    browsers ask again by themselves.
    """
    yield "retry: 2000\n\n"
    job, told, silent = first, "", 0
    while True:
        said = job.model_dump_json()
        if said != told:
            yield f"event: {'end' if job.state.ended else 'progress'}\ndata: {said}\n\n"
            told, silent = said, 0
        elif (silent := silent + 1) % _SILENT_LOOKS == 0:
            yield ": still here\n\n"
        if job.state.ended:
            return
        await asyncio.sleep(_LOOK_SECONDS)
        try:
            job = await desk.get(job.id)
        except ProblemError:
            return
