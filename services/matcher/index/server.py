"""A Qdrant server: the VectorIndex of production."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from grpc.aio import AioRpcError  # type: ignore[import-untyped]
from qdrant_client import AsyncQdrantClient, models
from qdrant_client.http.exceptions import ResponseHandlingException, UnexpectedResponse

from services.matcher.index import server_conversion as convert
from services.matcher.index.paging import VersionRow, grouped, page_of, version_row
from services.matcher.index.payload import ANY_LIMIT, VERSION_FIELDS, is_empty
from services.matcher.index.points import CORRECTED, PlainPoint, points_of
from services.matcher.index_hits import NO_HITS, Hits
from services.matcher.ports import (
    IndexDamagedError,
    IndexedVersion,
    IndexQuery,
    OrganisationPoints,
)
from shared.errors import ProblemError

POINTS_PER_CALL = 500
RECORDS_PER_CALL = 5000

# One leader orders all writes of a shard: replicas cannot end up with different last words.
ORDERING = models.WriteOrdering.STRONG


class ServerVectorIndex:
    """One collection on a server. See `VectorIndex`.

    Every call raises ProblemError(not_ready) when the server cannot be reached.
    """

    def __init__(self, client: AsyncQdrantClient, collection: str, dimension: int) -> None:
        self._client = client
        self._collection = collection
        self._dimension = dimension

    @property
    def collection(self) -> str:
        """Its name."""
        return self._collection

    async def replace_many(self, changes: Sequence[OrganisationPoints]) -> None:
        """Raises ValueError on an unusable vector."""
        points = points_of(changes)
        if not changes:
            return
        organisations = [change.organisation for change in changes]
        with reachable():
            for start in range(0, len(points), POINTS_PER_CALL):
                await self._upsert(points[start : start + POINTS_PER_CALL])
            await self._client.delete(
                self._collection,
                models.FilterSelector(filter=convert.all_but(organisations, points)),
                wait=True,
                ordering=ORDERING,
            )

    async def query(self, queries: Sequence[IndexQuery]) -> list[Hits]:
        """The answers; a lexical query without words finds nothing."""
        answers: list[Hits] = [NO_HITS] * len(queries)
        asked = [number for number, query in enumerate(queries) if not is_empty(query)]
        if asked:
            requests = [convert.query_request(queries[number]) for number in asked]
            with reachable():
                found = await self._client.query_batch_points(self._collection, requests)
            for number, response in zip(asked, found, strict=True):
                answers[number] = convert.hits(response.points)
        return answers

    async def versions(
        self, *, after: str | None, limit: int
    ) -> tuple[list[IndexedVersion], str | None]:
        """A page in organisation id order."""
        with reachable():
            page, following = page_of(await self._organisations(), after, limit)
            rows = await self._versions_of(page) if page else []
        return grouped(rows), following

    async def count(self) -> int:
        """Statements held."""
        statements = convert.statements_filter()
        with reachable():
            return (await self._client.count(self._collection, statements, exact=True)).count

    async def check(self) -> None:
        """Raises IndexDamagedError when it is gone, red, or made for other vectors."""
        with reachable():
            if not await self._client.collection_exists(self._collection):
                raise IndexDamagedError(f"the server has no collection {self._collection}")
            found = await self._client.get_collection(self._collection)
        if found.status == models.CollectionStatus.RED:
            raise IndexDamagedError(f"the server calls {self._collection} damaged")
        vectors = found.config.params.vectors
        searched = vectors.get(CORRECTED) if isinstance(vectors, dict) else None
        if searched is None or searched.size != self._dimension:
            raise IndexDamagedError(f"{self._collection} was made for other vectors")

    async def close(self) -> None:
        """Nothing: the connection belongs to `ServerVectorIndexes`."""

    async def _upsert(self, points: Sequence[PlainPoint]) -> None:
        structs = [convert.point(one) for one in points]
        await self._client.upsert(self._collection, structs, wait=True, ordering=ORDERING)

    async def _organisations(self) -> list[str]:
        facet = await self._client.facet(
            self._collection, "organisation", limit=ANY_LIMIT, exact=True
        )
        return sorted(str(hit.value) for hit in facet.hits)

    async def _versions_of(self, organisations: Sequence[str]) -> list[VersionRow]:
        rows: list[VersionRow] = []
        offset = None
        while True:
            records, offset = await self._client.scroll(
                self._collection,
                scroll_filter=convert.organisations_filter(organisations),
                limit=RECORDS_PER_CALL,
                offset=offset,
                with_payload=VERSION_FIELDS,
            )
            rows += [version_row(one.payload or {}) for one in records]
            if offset is None:
                return rows


@contextmanager
def reachable() -> Iterator[None]:
    """Turns the client's errors into one that a caller may be told."""
    try:
        yield
    except (AioRpcError, ResponseHandlingException, UnexpectedResponse) as error:
        raise ProblemError("not_ready", what="vector index") from error
