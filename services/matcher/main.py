"""The matcher's composition root."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from services.matcher.api.body_limits import BODY_LIMIT, BODY_LIMITS
from services.matcher.api.readiness import ReadinessProbes
from services.matcher.api.routes import ROUTERS
from services.matcher.api.use_cases import UseCases
from services.matcher.casework import CaseworkParts, casework
from services.matcher.composition import Parts, compose
from services.matcher.consumers import ChangesConsumer
from services.matcher.domain.matches.suggesting import SuggestedPair
from services.matcher.domain.pairs import Pair
from services.matcher.domain.ranking_weights import STANDARD, Weights
from services.matcher.embedding.cached import CachedEmbedder
from services.matcher.embedding.remembering import RememberingStore
from services.matcher.embedding.shipped_statistics import shipped_statistics
from services.matcher.embedding.store import PostgresEmbeddingStore
from services.matcher.evaluation.golden import golden_digests
from services.matcher.index.tokens import EDITION, document_vector, query_vector, tokens
from services.matcher.index_choice import chosen_indexes
from services.matcher.loops import (
    follow_changes,
    keep_index,
    learn_nightly,
    look_for_answers,
    open_index,
    tend_calls,
    watch_index,
)
from services.matcher.model_choice import LoadModel, chosen_model
from services.matcher.ports import Embedder, Lexicon, ProfilesReader
from services.matcher.rematch_cases import WorkerParts, only, product_ranking, work_for_ever
from services.matcher.schema import embedding, tables
from services.matcher.service.collections import Collections
from services.matcher.service.dead_letters import DeadLetterOffice
from services.matcher.service.forgetting import UnusedEmbeddings
from services.matcher.service.index_status import statistics_age
from services.matcher.service.ingest import TakeIn
from services.matcher.service.insights.answer_needs import AnswerNeeds
from services.matcher.service.live import LiveIndex
from services.matcher.service.mending import IndexMender
from services.matcher.service.reconcile import Reconcile
from services.matcher.service.startup import OpenIndex
from services.matcher.settings import MatcherSettings
from services.matcher.storage.postgres import PostgresStore
from shared.background import BackgroundLoops
from shared.bus import Bus, BusUnavailableError
from shared.clients.profiles import ProfilesClient
from shared.clients.service_client import ServiceClient
from shared.db import Database
from shared.errors import ProblemError
from shared.internal_tokens import InternalTokens
from shared.migrations import migrate
from shared.nats_bus import NatsBus
from shared.runtime import install_common


class Matcher:
    """The parts of one process; the model, the index and the bus come one after the other."""

    def __init__(
        self,
        settings: MatcherSettings,
        load_model: LoadModel | None,
        profiles: ProfilesReader | None,
        weights: Weights = STANDARD,
    ) -> None:
        self.settings = settings
        self._weights = weights
        self.tokens = InternalTokens(settings.internal_secret.get_secret_value(), "matcher")
        self.live = LiveIndex()
        self.use_cases: UseCases | None = None
        self._load_model = load_model or chosen_model(settings)
        self._model: Embedder | None = None
        self._collections: Collections | None = None
        self._bus: Bus | None = None
        self._connecting = asyncio.Lock()
        self._consumer: ChangesConsumer | None = None
        self._database = Database(settings.database_url)
        self._store = PostgresStore(self._database, tables)
        self._embeddings = RememberingStore(
            PostgresEmbeddingStore(self._database, embedding), forgotten=self.live.drop
        )
        self._indexes = chosen_indexes(settings)
        self._http = ServiceClient("profiles", settings.profiles_url, self.tokens)
        self._profiles = profiles or ProfilesClient(self._http)
        unused = UnusedEmbeddings(self._embeddings, golden_digests)
        self._mender = IndexMender(self._store)
        self._take_in = TakeIn(self._store, self._profiles, unused, self.live)
        self._letters = DeadLetterOffice(self._store, self._take_in)
        self._reconcile = Reconcile(
            self._store, self._profiles, self._take_in, self._mender, unused, self.live
        )
        self.casework = casework(
            CaseworkParts(
                settings,
                self._database,
                self._store,
                self._profiles,
                self._connected_bus,
                self._explained,
            )
        )
        self._loops = BackgroundLoops()
        self._parts = Parts(
            settings,
            self._store,
            self._profiles,
            self.live,
            self._mender,
            self._take_in,
            self._letters,
            self._reconcile,
            self._pending,
        )

    def start(self) -> None:
        """Begin; everything that is away is waited for."""
        self._loops.start("start", self._start)
        self._loops.start(
            "changes", lambda: follow_changes(self.live, self._connected_bus, self._consumer_on)
        )
        self._loops.start("learning", self._learn_nightly)
        self._loops.start("upkeep", self._keep_index)
        self._loops.start("calls", self._tend_calls)
        self._loops.start("rematch", self._rematch)
        self._loops.start("open needs", self._look_for_answers)
        self.casework.start(self._loops)

    async def stop(self) -> None:
        """Finish and let go of everything."""
        await self._loops.stop()
        if self.use_cases:
            await self.use_cases.rebuild.stop()
        if self._bus:
            await self._bus.close()
        await self._indexes.close()
        await self._http.close()
        await self._database.close()

    def readiness(self) -> ReadinessProbes:
        """How to ask each dependency."""
        return ReadinessProbes(
            {
                "postgresql": self._store.server_version,
                "nats": self._bus_version,
                "outbox": self.casework.outbox,
                "profiles": self._profiles_health,
                "model": self._model_name,
                "index": self._index_version,
                "statistics": lambda: statistics_age(self._store, self.live),
            }
        )

    async def _look_for_answers(self) -> None:
        insights = self.casework.insights.counting.insights
        await look_for_answers(self.live, AnswerNeeds(self._store, insights, self.live))

    async def _tend_calls(self) -> None:
        await self.casework.prepared.wait()
        await tend_calls(
            self.casework.calls.tend, lambda: self.use_cases.teams if self.use_cases else None
        )

    async def _rematch(self) -> None:
        while not (self.use_cases and self._collections):  # noqa: ASYNC110
            await asyncio.sleep(1)
        parts = WorkerParts(
            self._store,
            self.casework.matches.suggested,
            only(self._collections),
            self.settings.stale_months,
            self.use_cases.explain.listing,
            ranking=product_ranking(self._weights, off=frozenset(self.settings.features_off)),
            product=self.settings.rematch_product,
            memory_bytes=self.settings.rematch_memory_mb * 2**20,
        )
        await work_for_ever(parts, self._connected_bus)

    async def _learn_nightly(self) -> None:
        while self.use_cases is None:  # noqa: ASYNC110
            await asyncio.sleep(1)
        if self.settings.learn_hour >= 0:
            await learn_nightly(self.use_cases.learning, self.settings.learn_hour)

    async def _keep_index(self) -> None:
        while self.use_cases is None:  # noqa: ASYNC110
            await asyncio.sleep(1)
        await keep_index(self.use_cases.upkeep)

    async def _start(self) -> None:
        opening = await self.open()
        await watch_index(self.live, opening, self._reconcile, self.settings.reconcile_seconds)

    async def open(self) -> OpenIndex:
        """Until the use cases are there; without the bus and whatever runs beside them."""
        model, _ = await asyncio.gather(self._loaded_model(), self._migrate())
        collections = Collections(
            self._store,
            self._indexes,
            CachedEmbedder(model, self._embeddings),
            Lexicon(document_vector, query_vector, tokens, EDITION),
            shipped_statistics,
        )
        opening = OpenIndex(self._store, collections, self._mender, self.live)
        await open_index(opening)
        self._collections = collections
        self.use_cases = self.use_cases or compose(self._parts, collections, self._weights)
        return opening

    def composed_with(self, weights: Weights) -> UseCases:
        """Use cases beside the product's own, over the same index, once that is open."""
        assert self._collections
        return compose(self._parts, self._collections, weights)

    async def _migrate(self) -> None:
        await asyncio.to_thread(migrate, "services.matcher", self.settings.database_url)
        self.casework.prepared.set()

    async def _loaded_model(self) -> Embedder:
        if self._model is None:
            self._model = await asyncio.to_thread(self._load_model)
        return self._model

    async def _connected_bus(self) -> Bus:
        async with self._connecting:
            if self._bus is None:
                self._bus = await NatsBus.connect(self.settings.nats_url, name="matcher")
        return self._bus

    async def _explained(self, pair: Pair) -> SuggestedPair | None:
        return await self.use_cases.explain.explain(pair) if self.use_cases else None

    def _consumer_on(self, bus: Bus) -> ChangesConsumer:
        if self._consumer is None:
            self._consumer = ChangesConsumer(
                bus,
                self._take_in,
                self._letters,
                self._reconcile.reconcile,
                batch=self.settings.take_in_batch,
            )
        return self._consumer

    async def _pending(self) -> int:
        try:
            if self._consumer:
                return await self._consumer.pending()
        except BusUnavailableError as error:
            raise ProblemError("not_ready", what="nats") from error
        raise ProblemError("not_ready", what="nats")

    async def _bus_version(self) -> str:
        if self._bus is None:
            raise ConnectionError("not connected yet")
        return await self._bus.server_version()

    async def _profiles_health(self) -> str:
        answer = await self._http.call("GET", "/health")
        return str(answer.json()["version"])

    async def _model_name(self) -> str:
        if self._model is None:
            raise ProblemError("not_ready", what="model")
        return f"{self._model.model} ({self._model.device})"

    async def _index_version(self) -> str:
        self.live.current()
        return await self._indexes.server_version()


def create_app(
    settings: MatcherSettings,
    *,
    load_model: LoadModel | None = None,
    profiles: ProfilesReader | None = None,
) -> FastAPI:
    """The service. The model and the profiles service are those of the settings, or given."""
    matcher = Matcher(settings, load_model, profiles)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        matcher.start()
        yield
        await matcher.stop()

    app = FastAPI(title="Hezuo matcher", lifespan=lifespan)
    app.state.internal_tokens = matcher.tokens
    app.state.matcher = matcher
    app.state.readiness = matcher.readiness()
    install_common(app, body_limit=BODY_LIMIT, body_limits=BODY_LIMITS)
    for router in ROUTERS:
        app.include_router(router)
    return app
