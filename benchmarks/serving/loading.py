"""A platform that grows to a size without embedding anything."""

import sys
import time
from pathlib import Path

from benchmarks.running_platform import RunningPlatform
from benchmarks.serving.world import World
from benchmarks.texts import write_lines
from services.matcher.domain.content import content_digest
from services.matcher.embedding.store import PostgresEmbeddingStore
from services.matcher.ports import ContentKey
from services.matcher.schema import embedding
from shared.db import Database

_AT_ONCE = 2000
_SCREENING_SECONDS = 1800


class Loading:
    """Puts vectors into the embedding store under their texts' keys, then imports the texts."""

    def __init__(self, platform: RunningPlatform, world: World, folder: Path, model: str) -> None:
        self._platform = platform
        self._world = world
        self._folder = folder
        self._model = model
        self.loaded = 0

    async def grow(self, organisations: int) -> float:
        """Until there are so many; seconds until the new ones were searchable."""
        fresh = range(self.loaded, organisations)
        await self._put_vectors(fresh)
        file = self._folder / f"organisations-{organisations}.jsonl"
        write_lines(file, self._world.organisations(fresh))
        answer = self._platform.import_file(file, "--wait-searchable")
        self._wait_for_screening()
        self.loaded = organisations
        return float(answer["searchable_seconds"])

    def _wait_for_screening(self) -> None:
        """What is imported is compared with the rules' prototypes behind the answers."""
        deadline = time.monotonic() + _SCREENING_SECONDS
        with self._platform.client() as client:
            while time.monotonic() < deadline:
                status = client.get("/v1/screening/rescan").raise_for_status().json()
                if not status["waiting"] + status["comparing"]:
                    return
                time.sleep(1)
        print("... screening is still at work, and takes its share of the cores", file=sys.stderr)

    async def _put_vectors(self, organisations: range) -> None:
        database = Database(self._platform.database_url("matcher"), pool_size=1)
        store = PostgresEmbeddingStore(database, embedding)
        try:
            for start in range(organisations.start, organisations.stop, _AT_ONCE):
                some = range(start, min(start + _AT_ONCE, organisations.stop))
                stated = [one for number in some for one in self._world.statements(number)]
                keys = [ContentKey(content_digest(one.text, one.side)) for one in stated]
                vectors = self._world.vectors(stated)
                await store.put(self._model, dict(zip(keys, vectors, strict=True)))
        finally:
            await database.close()
