"""The collections of a Qdrant server."""

from dataclasses import dataclass

from qdrant_client import AsyncQdrantClient

from services.matcher.index import server_conversion as convert
from services.matcher.index.server import ORDERING, ServerVectorIndex, reachable


@dataclass(frozen=True)
class ServerOptions:
    """How safe a collection is kept; a cluster wants 2 or more of the first two."""

    replication_factor: int = 1
    write_consistency_factor: int = 1
    shard_number: int | None = None


def connect(url: str, *, api_key: str | None = None, timeout: int = 10) -> AsyncQdrantClient:
    """A client that speaks gRPC where it can; `timeout` in seconds holds per phase of a call."""
    return AsyncQdrantClient(
        url=url, api_key=api_key, prefer_grpc=True, timeout=timeout, check_compatibility=False
    )


class ServerVectorIndexes:
    """See `VectorIndexes`. Owns the client: `close()` at the end."""

    def __init__(self, client: AsyncQdrantClient, options: ServerOptions | None = None) -> None:
        self._client = client
        self._options = options or ServerOptions()

    async def open(self, collection: str, dimension: int) -> ServerVectorIndex:
        """Open or create. Raises IndexDamagedError, ProblemError(not_ready)."""
        with reachable():
            if not await self._client.collection_exists(collection):
                await self._create(collection, dimension)
            await self._index_fields(collection)
        index = ServerVectorIndex(self._client, collection, dimension)
        await index.check()
        return index

    async def drop(self, collection: str) -> None:
        """Delete it; nothing happens when there is none."""
        with reachable():
            await self._client.delete_collection(collection)

    async def names(self) -> list[str]:
        """Collections that exist, ascending."""
        with reachable():
            found = await self._client.get_collections()
        return sorted(one.name for one in found.collections)

    async def server_version(self) -> str:
        """Version of the server."""
        with reachable():
            return f"qdrant {(await self._client.info()).version}"

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def _create(self, collection: str, dimension: int) -> None:
        await self._client.create_collection(
            collection,
            vectors_config=convert.vectors_config(dimension),
            sparse_vectors_config=convert.sparse_config(),
            shard_number=self._options.shard_number,
            replication_factor=self._options.replication_factor,
            write_consistency_factor=self._options.write_consistency_factor,
        )

    async def _index_fields(self, collection: str) -> None:
        """Again at every opening: a creation that was broken off has not come this far."""
        for key, schema in convert.FIELD_INDEXES.items():
            await self._client.create_payload_index(
                collection, key, schema, wait=True, ordering=ORDERING
            )
