"""The issuer's key set, read again when it is old or when a token names a new key."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

import httpx2 as httpx
import structlog

from services.gateway.identity.keys import VerificationKey, keys_by_id
from shared.errors import ProblemError

_log = structlog.get_logger("identity")
_MAXIMUM_AGE = 600.0
_PAUSE = 60.0
_PAUSE_WITHOUT_KEYS = 2.0

Source = Callable[[], Awaitable[Mapping[str, Any]]]


def from_file(path: Path) -> Source:
    """A key set in a file."""

    async def read() -> Mapping[str, Any]:
        content = await asyncio.to_thread(path.read_bytes)
        parsed: Mapping[str, Any] = json.loads(content)
        return parsed

    return read


def from_url(url: str, client: httpx.AsyncClient) -> Source:
    """A provider's `jwks_uri`."""

    async def read() -> Mapping[str, Any]:
        response = await client.get(url, timeout=5)
        response.raise_for_status()
        parsed: Mapping[str, Any] = response.json()
        return parsed

    return read


class KeySet:
    """Keys by id. An unknown id makes one read a minute at most, whoever invents them."""

    def __init__(self, source: Source, clock: Callable[[], float] = time.monotonic) -> None:
        self._source = source
        self._clock = clock
        self._keys: dict[str, VerificationKey] = {}
        self._tried: float | None = None
        self._lock = asyncio.Lock()

    async def find(self, key_id: str) -> VerificationKey | None:
        """The key, or None. Raises ProblemError("not_ready") while no key could be read at all."""
        if self._age() > _MAXIMUM_AGE or (key_id not in self._keys and self._may_read()):
            await self._read()
        if not self._keys:
            raise ProblemError("not_ready", what="identity provider")
        return self._keys.get(key_id)

    async def count(self) -> int:
        """How many keys are known, read if there are none yet. Raises ProblemError("not_ready")."""
        if not self._keys and self._may_read():
            await self._read()
        if not self._keys:
            raise ProblemError("not_ready", what="identity provider")
        return len(self._keys)

    def _age(self) -> float:
        return float("inf") if self._tried is None else self._clock() - self._tried

    def _may_read(self) -> bool:
        return self._age() > (_PAUSE if self._keys else _PAUSE_WITHOUT_KEYS)

    async def _read(self) -> None:
        before = self._tried
        async with self._lock:
            if self._tried != before:
                return
            try:
                self._keys = keys_by_id(await self._source())
            except (httpx.HTTPError, OSError, ValueError) as error:
                _log.warning("key_set_unreadable", error_type=type(error).__name__)
            self._tried = self._clock()
