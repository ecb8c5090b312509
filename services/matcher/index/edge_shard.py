"""One open Edge shard; every method blocks and belongs on the index's own thread."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import qdrant_edge as edge

from services.matcher.index import edge_conversion as convert
from services.matcher.index.edge_exclusion import kept, roomier
from services.matcher.index.edge_files import CollectionFiles
from services.matcher.index.edge_hits import KnownPoints
from services.matcher.index.paging import VersionRow, version_row
from services.matcher.index.payload import ANY_LIMIT, HIT_FIELDS, VERSION_FIELDS
from services.matcher.index.points import CORRECTED, PlainPoint
from services.matcher.index_hits import Hits
from services.matcher.ports import IndexDamagedError, IndexQuery
from shared.errors import ProblemError

MINIMUM_FREE_BYTES = 256 * 1024 * 1024
_SAMPLE = 64
_T = TypeVar("_T")


class OpenShard:
    """The engine on one directory, and the record of what it should hold."""

    def __init__(self, files: CollectionFiles, shard: edge.EdgeShard, free_bytes: int) -> None:
        self._files = files
        self._shard = shard
        self._free_bytes = free_bytes
        self._writing = False
        self._points = KnownPoints()

    @classmethod
    def create(cls, folder: Path, dimension: int) -> None:
        """Make an empty collection: beside its place, then moved there whole."""
        beside = CollectionFiles(folder.with_name(f".{folder.name}.new"))
        shutil.rmtree(beside.folder, ignore_errors=True)
        beside.shard.mkdir(parents=True)
        shard = edge.EdgeShard.create(str(beside.shard), convert.shard_config(dimension))
        for operation in convert.field_indexes():
            shard.update(operation)
        shard.flush()
        shard.close()
        beside.write_manifest(dimension)
        beside.note_written(0, closed=True)
        beside.folder.rename(folder)

    @classmethod
    def load(
        cls, folder: Path, dimension: int, free_bytes: int = MINIMUM_FREE_BYTES
    ) -> "OpenShard":
        """Open what is there; raises IndexDamagedError, ValueError on another dimension."""
        files = CollectionFiles(folder)
        if files.dimension() != dimension:
            raise ValueError(f"{folder.name} has {files.dimension()} dimensions, not {dimension}")
        state = files.verify()
        shard = guarded(folder.name, lambda: edge.EdgeShard.load(str(files.shard)))
        opened = cls(files, shard, free_bytes)
        if not state.writing:
            opened._expect(state.points)
            files.note_written(state.points)
        opened._look_at_some()
        return opened

    def begin_write(self) -> None:
        """Raises ProblemError(out_of_space) while nothing is changed yet."""
        self._require_space()
        if not self._writing:
            self._files.note_writing()
            self._writing = True

    def upsert(self, points: Sequence[PlainPoint]) -> None:
        """Insert or replace points."""
        self._require_space()
        self._points.forget(one.id for one in points)
        self._guarded(lambda: self._shard.update(convert.upsert(points)))

    def delete_all_but(self, organisations: Sequence[str], kept: Sequence[PlainPoint]) -> None:
        """Delete the organisations' other points."""
        operation = convert.delete_all_but(organisations, kept)
        self._guarded(lambda: self._shard.update(operation))

    def end_write(self) -> None:
        """Durable on return."""
        self._guarded(self._shard.flush)
        self._files.note_written(self.count())
        self._writing = False

    def query(self, queries: Sequence[IndexQuery]) -> list[Hits]:
        """All answers, planned as one batch; a second one where exclusions took too many hits."""
        asked = [roomier(query) for query in queries]
        hits = self._asked(asked)
        answers = [kept(*one) for one in zip(queries, asked, hits, strict=True)]
        again = [query for query, answer in zip(queries, answers, strict=True) if answer is None]
        second = iter(self._asked(again) if again else [])
        return [next(second) if answer is None else answer for answer in answers]

    def _asked(self, queries: Sequence[IndexQuery]) -> list[Hits]:
        requests = [convert.query_request(query) for query in queries]
        batch = edge.QueryBatchRequest(requests)
        # All our ids are numbers; the engine's type allows others.
        answers: Any = self._guarded(lambda: self._shard.query_batch(batch))
        return [
            self._points.hits(
                [one.id for one in points], [one.score for one in points], self._payloads
            )
            for points in answers
        ]

    def _payloads(self, ids: list[Any]) -> list[tuple[Any, Mapping[str, Any]]]:
        found = self._guarded(lambda: self._shard.retrieve(ids, HIT_FIELDS, False))
        return [(one.id, one.payload or {}) for one in found]

    def organisations(self) -> list[str]:
        """Ids, ascending."""
        request = edge.FacetRequest("organisation", limit=ANY_LIMIT, exact=True)
        facet = self._guarded(lambda: self._shard.facet(request))
        return sorted(str(hit.value) for hit in facet.hits)

    def versions_of(self, organisations: Sequence[str]) -> list[VersionRow]:
        """What is held of these."""
        request = edge.ScrollRequest(
            limit=ANY_LIMIT,
            filter=convert.organisations_filter(organisations),
            with_payload=VERSION_FIELDS,
        )
        records, _ = self._guarded(lambda: self._shard.scroll(request))
        return [version_row(one.payload or {}) for one in records]

    def count(self) -> int:
        """Points of every kind."""
        return self._guarded(lambda: self._shard.count(edge.CountRequest(exact=True)))

    def statements(self) -> int:
        """Statements."""
        request = edge.CountRequest(exact=True, filter=convert.statements_filter())
        return self._guarded(lambda: self._shard.count(request))

    def check(self) -> None:
        """Raises IndexDamagedError when files or points are not what they should be."""
        if not self._writing:
            self._expect(self._files.verify().points)
        self._look_at_some()

    def close(self) -> None:
        """Flush, let go, and note the checksums, unless it is damaged or in a broken-off write."""
        try:
            self._guarded(self._shard.flush)
            if not self._writing:
                self._files.verify()
            points = self.count()
        except (IndexDamagedError, ProblemError):
            self.abandon()
            return
        self._shard.close()
        if not self._writing:
            self._files.note_written(points, closed=True)

    def abandon(self) -> None:
        """Let go of files that nobody needs any more; what the engine says of them is moot."""
        with suppress(Exception):
            self._shard.close()

    def _require_space(self) -> None:
        """A full disk would end the process: the engine writes through mapped memory."""
        if shutil.disk_usage(self._files.folder).free < self._free_bytes:
            raise ProblemError("out_of_space")

    def _expect(self, points: int) -> None:
        found = self.count()
        if found != points:
            raise IndexDamagedError(
                f"{self._files.folder.name}: holds {found} points instead of {points}"
            )

    def _look_at_some(self) -> None:
        """Stored vectors have length 1 and come with their payload; overwritten ones do not."""
        name = self._files.folder.name
        request = edge.ScrollRequest(
            limit=_SAMPLE,
            filter=convert.statements_filter(),
            with_payload=True,
            with_vector=[CORRECTED],
        )
        records, _ = self._guarded(lambda: self._shard.scroll(request))
        for one in records:
            vectors = one.vector if isinstance(one.vector, dict) else {}
            length = np.linalg.norm(np.asarray(vectors.get(CORRECTED, [0.0]), dtype=np.float64))
            if not abs(length - 1) < 0.01 or not (one.payload or {}).get("organisation"):
                raise IndexDamagedError(f"{name}: a point is not as it was stored")

    def _guarded(self, call: Callable[[], _T]) -> _T:
        return guarded(self._files.folder.name, call)


def guarded(name: str, call: Callable[[], _T]) -> _T:
    """Runs a call of the engine; raises IndexDamagedError or ProblemError(out_of_space)."""
    try:
        return call()
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # the engine's panics are no Exception
        if "os error 28" in str(error):
            raise ProblemError("out_of_space") from error
        raise IndexDamagedError(f"{name}: {error}") from error
