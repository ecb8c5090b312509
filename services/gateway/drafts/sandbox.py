"""Starting the reading process, and ending it where it takes too long."""

import asyncio
import os
import sys

import structlog

from services.gateway.drafts.blocks import UnreadableError
from services.gateway.drafts.exchange import Answer, Header
from shared.contracts.profile_drafts import ProfileDrafts
from shared.errors import ProblemError

_SECONDS = 20.0
_AT_ONCE = 2
_WAITING = 8
_PASSED_ON = ("PATH", "PYTHONPATH", "LANG", "LC_ALL", "SYSTEMROOT", "VIRTUAL_ENV")
_log = structlog.get_logger("drafts")


class ReadingProcesses:
    """A few at once; the others wait their turn, and too many are sent away."""

    def __init__(self, *, seconds: float = _SECONDS) -> None:
        self._seconds = seconds
        self._places = asyncio.Semaphore(_AT_ONCE)
        self._asking = 0

    async def read(self, header: Header, content: bytes) -> ProfileDrafts:
        """Drafts of a source.

        Raises UnreadableError, and ProblemError("not_ready") when too many wait.
        """
        if self._asking >= _AT_ONCE + _WAITING:
            raise ProblemError("not_ready", what="drafts", headers={"Retry-After": "5"})
        self._asking += 1
        try:
            async with self._places:
                return await self._read(header, content)
        finally:
            self._asking -= 1

    async def _read(self, header: Header, content: bytes) -> ProfileDrafts:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "services.gateway.drafts.reading",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={name: os.environ[name] for name in _PASSED_ON if name in os.environ},
        )
        try:
            async with asyncio.timeout(self._seconds):
                sent = header.model_dump_json().encode() + b"\n" + content
                said, _ = await process.communicate(sent)
        except TimeoutError as error:
            raise UnreadableError("it takes too long to read") from error
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        return self._answer(said, process.returncode)

    def _answer(self, said: bytes, code: int | None) -> ProfileDrafts:
        if code != 0:
            # Killed for its memory or its time, or a parser that has given up.
            _log.warning("reading_failed", exit_status=code)
            raise UnreadableError("it is damaged, or of another kind than its name says")
        answer = Answer.model_validate_json(said)
        if answer.drafts is None:
            raise UnreadableError(answer.refusal or "")
        return answer.drafts
