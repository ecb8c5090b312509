"""The index that the settings name."""

from typing import TYPE_CHECKING

from services.matcher.index.edge_collections import EdgeVectorIndexes
from services.matcher.settings import MatcherSettings

if TYPE_CHECKING:
    from services.matcher.index.server_collections import ServerVectorIndexes


def chosen_indexes(settings: MatcherSettings) -> "EdgeVectorIndexes | ServerVectorIndexes":
    """On a server, or in a directory."""
    if settings.qdrant_url:
        # Half a second of imports that the embedded index does without.
        from services.matcher.index import server_collections as server

        key = settings.qdrant_api_key
        client = server.connect(
            settings.qdrant_url, api_key=key.get_secret_value() if key else None
        )
        return server.ServerVectorIndexes(
            client,
            server.ServerOptions(
                settings.qdrant_replication_factor,
                settings.qdrant_write_consistency,
                settings.qdrant_shards,
            ),
        )
    assert settings.index_directory is not None
    return EdgeVectorIndexes(settings.index_directory)
