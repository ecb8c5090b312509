"""From nothing to ready: the live collection opened, checked and mended from PostgreSQL."""

import asyncio

import structlog

from services.matcher.domain.stored import IndexState
from services.matcher.ports import IndexDamagedError
from services.matcher.service.collections import Collections
from services.matcher.service.live import Live, LiveIndex
from services.matcher.service.mending import IndexMender
from services.matcher.store import MatcherStore

_log = structlog.get_logger("startup")


class OpenIndex:
    """Until it is done the service is not ready; a lost index comes back without embedding."""

    def __init__(
        self, store: MatcherStore, collections: Collections, mender: IndexMender, live: LiveIndex
    ) -> None:
        self._store = store
        self._collections = collections
        self._mender = mender
        self._live = live
        self._opening = asyncio.Lock()

    async def open(self) -> None:
        """Open what should be live and make it whole. Raises when PostgreSQL is away."""
        async with self._opening:
            if self._live.ready:
                return
            if damaged := self._live.take_damaged():
                await self._collections.discard(damaged)
            live = await self._opened(await self._collections.wanted_state())
            self._live.set(live)
        await self._collections.discard_others(live.state)

    async def reopen(self) -> None:
        """After a damage: not ready until the index is whole again."""
        self._live.clear()
        await self.open()

    async def follow(self) -> None:
        """Open again after a damage that a request met, or after another process's swap."""
        if not self._live.ready:
            await self.open()
            return
        model = self._live.current().state.model
        async with self._store.transaction() as transaction:
            state = await transaction.index.get()
        if state is None or state.model != model:
            return
        if state.collection != self._live.current().state.collection:
            _log.info("following_swap", collection=state.collection)
            self._live.set(await self._collections.open(state))

    async def check(self) -> None:
        """Reopen if the running index says that it is damaged."""
        try:
            await self._live.current().index.check()
        except IndexDamagedError as error:
            _log.error("index_damaged", reason=str(error))
            await self.reopen()

    async def _opened(self, state: IndexState) -> Live:
        live = await self._collections.open(state)
        try:
            await self._make_whole(live)
        except IndexDamagedError as error:
            # Whatever the check has looked at was whole: only reading all of it told.
            _log.error("index_damaged", collection=state.collection, reason=str(error))
            await self._collections.discard(live)
            live = await self._collections.open(state)
            await self._make_whole(live)
        return live

    async def _make_whole(self, live: Live) -> None:
        mended = await self._mender.mend(live)
        async with self._store.transaction() as transaction:
            await transaction.index.put(live.state)
        _log.info(
            "index_open",
            collection=live.state.collection,
            organisations=mended.compared,
            missing=mended.missing,
            surplus=mended.surplus,
        )
