"""The vector index: Qdrant in this process (Edge) or on a server."""
