"""The collection that answers now."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

import structlog

from services.matcher.domain.stored import IndexState
from services.matcher.ports import ContentKey, VectorIndex
from services.matcher.service.encoding import StatementEncoder
from services.matcher.service.watched import WatchedIndex
from services.matcher.store import StoreTransaction
from shared.errors import ProblemError

_log = structlog.get_logger("index")


@dataclass(frozen=True)
class Live:
    """An index and the encoder that its vectors were made with."""

    state: IndexState
    index: VectorIndex
    encoder: StatementEncoder


class LiveIndex:
    """Holds the live collection; empty until the start is done, or after a damage."""

    def __init__(self) -> None:
        self._live: Live | None = None
        self._damaged: Live | None = None
        self._attention = asyncio.Event()

    @property
    def ready(self) -> bool:
        """Whether suggestions can be computed."""
        return self._live is not None

    def current(self) -> Live:
        """Raises ProblemError("not_ready") while there is none."""
        if self._live is None:
            raise ProblemError("not_ready", what="index", headers={"Retry-After": "5"})
        return self._live

    async def writable(self, transaction: StoreTransaction) -> Live:
        """The live collection, kept from being swapped until the transaction ends.

        Raises ProblemError("not_ready") when another process has swapped and this one has not
        followed yet.
        """
        await transaction.index.pass_gate()
        live = self.current()
        state = await transaction.index.get()
        if state is None or state.collection != live.state.collection:
            self._attention.set()
            raise ProblemError("not_ready", what="index", headers={"Retry-After": "5"})
        return live

    def set(self, live: Live) -> None:
        """Answer from this one from now on."""
        self._live = replace(live, index=WatchedIndex(live.index, self._note_damage))

    def drop(self, keys: Sequence[ContentKey]) -> None:
        """Texts that were erased are not remembered here either."""
        if self._live:
            self._live.encoder.drop(keys)

    def clear(self) -> None:
        """Answer `not_ready` until another is set."""
        self._live = None

    def take_damaged(self) -> Live | None:
        """The collection that was found damaged since the last time this was asked."""
        damaged, self._damaged = self._damaged, None
        return damaged

    async def attention(self, seconds: float) -> None:
        """Wait until the index wants to be opened again, or for so long."""
        try:
            await asyncio.wait_for(self._attention.wait(), seconds)
        except TimeoutError:
            return
        self._attention.clear()

    def _note_damage(self, index: WatchedIndex, reason: str) -> None:
        # One that was replaced in the meantime may still be asked by an older request.
        if self._live and self._live.index is index:
            _log.error("index_damaged", collection=index.collection, reason=reason)
            self._damaged, self._live = self._live, None
            self._attention.set()
