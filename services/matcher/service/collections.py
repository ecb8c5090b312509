"""Opening collections: names, statistics, and what to do about a damaged one."""

import re
import time
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import structlog

from services.matcher.domain.correction_document import from_document
from services.matcher.domain.language_correction import CorrectionStatistics
from services.matcher.domain.stored import IndexState
from services.matcher.ports import (
    ContentKey,
    IndexDamagedError,
    Lexicon,
    ShippedStatistics,
    TextEmbedder,
    VectorIndex,
    VectorIndexes,
    Vectors,
)
from services.matcher.service.encoding import StatementEncoder
from services.matcher.service.kept_vectors import KeptVectors
from services.matcher.service.live import Live
from services.matcher.store import MatcherStore
from shared.contracts.organisation import Language

_log = structlog.get_logger("index")
FORMAT = 4
"""Of what a collection holds: 2 has windows and names, 3 windows in the statement's point, 4 none
for short statements."""
SHIPPED = 0
"""The version of the statistics that come with the project."""


def collection_name(model: str, statistics_version: int) -> str:
    """`statements-<model>-s<version>-f<format>`, of letters, digits, dots and dashes."""
    slug = re.sub(r"[^a-z0-9.]+", "-", model.lower()).strip("-.")[:80]
    return f"statements-{slug}-s{statistics_version}-f{FORMAT}"


class Collections:
    """Collections with the encoders that belong to them."""

    def __init__(
        self,
        store: MatcherStore,
        indexes: VectorIndexes,
        embedder: TextEmbedder,
        lexicon: Lexicon,
        shipped: ShippedStatistics,
    ) -> None:
        self._store = store
        self._indexes = indexes
        self._embedder = embedder
        self._lexicon = lexicon
        self._shipped = shipped

    @property
    def embedder(self) -> TextEmbedder:
        """The model that all of them use."""
        return self._embedder

    @property
    def lexicon(self) -> Lexicon:
        """How texts become words."""
        return self._lexicon

    async def wanted_state(self) -> IndexState:
        """The stored state; or the first one, for a new platform and after a change of model."""
        model = self._embedder.embedder.model
        async with self._store.transaction() as transaction:
            state = await transaction.index.get()
        if state is None or state.model != model:
            return self.state(SHIPPED)
        known = self.state(state.statistics_version)
        # Of an older format it is opened anew, and mended from PostgreSQL.
        return state if state.collection.startswith(known.collection) else known

    def state(self, statistics_version: int) -> IndexState:
        """The state of a collection of the present model."""
        model = self._embedder.embedder.model
        return IndexState(collection_name(model, statistics_version), model, statistics_version)

    def fresh(self, state: IndexState) -> IndexState:
        """Another collection with the same statistics, whose files hold only what is built now."""
        name = collection_name(state.model, state.statistics_version)
        return replace(state, collection=f"{name}-b{time.time_ns()}", erased_at=None)

    async def open(self, state: IndexState) -> Live:
        """Open or create a collection; a damaged one is dropped and created empty."""
        dimension = self._embedder.embedder.dimension
        try:
            index = await self._opened(state, dimension)
        except IndexDamagedError as error:
            _log.error("index_damaged", collection=state.collection, reason=str(error))
            await self._indexes.drop(state.collection)
            index = await self._opened(state, dimension)
        statistics = await self._statistics(state.statistics_version)
        needs = await self._needs(statistics)
        guarded = await self._guarded(statistics)
        encoder = StatementEncoder(
            self._embedder, statistics, self._lexicon, needs, guarded, KeptVectors()
        )
        return Live(state, index, encoder)

    async def encoder(self, statistics: CorrectionStatistics) -> StatementEncoder:
        """For statistics that are not stored yet."""
        needs = await self._needs(statistics)
        return StatementEncoder(self._embedder, statistics, self._lexicon, needs)

    async def encoder_of(self, statistics_version: int) -> StatementEncoder:
        """For a stored version, without opening its collection."""
        return await self.encoder(await self._statistics(statistics_version))

    async def recall(self, digests: Iterable[bytes]) -> dict[bytes, Vectors]:
        """Uncorrected vectors of those texts that are still known."""
        known = await self._embedder.recall([ContentKey(digest) for digest in digests])
        return {key.digest: vector for key, vector in known.items()}

    async def _guarded(self, statistics: CorrectionStatistics) -> dict[bytes, Vectors]:
        known = statistics.occurrence
        return await self.recall(known.levels) if known else {}

    async def discard(self, live: Live) -> None:
        """Drop a collection that is not live any more."""
        await self._indexes.drop(live.state.collection)

    async def discard_others(self, state: IndexState) -> None:
        """Drop what earlier rebuilds have left."""
        for name in await self._indexes.names():
            if name != state.collection and name.startswith("statements-"):
                await self._indexes.drop(name)

    def shipped(self) -> CorrectionStatistics:
        """The statistics that come with the project, for the present model."""
        return self._shipped(self._embedder.embedder.model)

    async def _opened(self, state: IndexState, dimension: int) -> VectorIndex:
        index = await self._indexes.open(state.collection, dimension)
        await index.check()
        return index

    async def _needs(self, statistics: CorrectionStatistics) -> dict[Language, Vectors]:
        """Those of the sample that are still known."""
        needs: dict[Language, Vectors] = {}
        for language, digests in statistics.needs.items():
            known = await self._embedder.recall([ContentKey(digest) for digest in digests])
            if known:
                needs[language] = np.stack(list(known.values()))
        return needs

    async def _statistics(self, version: int) -> CorrectionStatistics:
        if version == SHIPPED:
            return self.shipped()
        async with self._store.transaction() as transaction:
            document = await transaction.statistics.get(version)
        return from_document(document) if document else self.shipped()
