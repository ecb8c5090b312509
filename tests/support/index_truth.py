"""Reads the index's own files, past the service, and holds them against PostgreSQL."""

import asyncio
from pathlib import Path

from services.matcher.index.edge_collections import EdgeVectorIndexes
from services.matcher.index.edge_files import CollectionFiles
from services.matcher.service.mending import held_versions
from tests.support.stack import Stack
from tests.support.truth import matched_versions, query, reconciliation, stored_versions


def index_directory(stack: Stack) -> Path:
    """Where the matcher of a stack keeps its vectors."""
    return stack.directory / "index"


def indexed_versions(stack: Stack) -> dict[str, int]:
    """Every organisation's version in the live collection's files; the matcher must be down."""
    rows = query(stack.database_urls["matcher"], "select collection from index_state")
    collection = str(rows[0]["collection"])
    root = index_directory(stack)

    async def read() -> dict[str, int]:
        indexes = EdgeVectorIndexes(root, minimum_free_bytes=0)
        try:
            dimension = CollectionFiles(root / collection).dimension()
            held = await held_versions(await indexes.open(collection, dimension))
        finally:
            await indexes.close()
        return {one.organisation: one.version for one in held.values()}

    return asyncio.run(read())


def searchable_versions(stack: Stack) -> dict[str, int]:
    """What the index should hold: every active organisation at its version in PostgreSQL."""
    rows = query(
        stack.database_urls["profiles"],
        "select id, version from organisations where status = 'active'",
    )
    return {row["id"]: row["version"] for row in rows}


def assert_index_equals_truth(stack: Stack) -> None:
    """After a reconciliation, nothing is left to mend and the files hold what PostgreSQL does.

    Changes that a killed matcher had in hand come again only after a minute: no waiting for
    them. The matcher is down afterwards.
    """
    reconciliation(stack)
    assert matched_versions(stack) == stored_versions(stack)
    found = reconciliation(stack)
    assert (found["missing"], found["surplus"]) == (0, 0)
    assert stack.services["matcher"].terminate() in {0, -15}
    assert indexed_versions(stack) == searchable_versions(stack)
