"""Reads PostgreSQL and the index past the services, to compare what they hold."""

import asyncio
from collections import Counter
from typing import Any

import asyncpg

from tests.support.stack import Stack


def query(url: str, statement: str, *arguments: object) -> list[asyncpg.Record]:
    """Rows of a query, over a connection of its own."""

    async def ask() -> list[asyncpg.Record]:
        connection = await asyncpg.connect(url.replace("+asyncpg", ""))
        try:
            rows: list[asyncpg.Record] = await connection.fetch(statement, *arguments)
            return rows
        finally:
            await connection.close()

    return asyncio.run(ask())


def stored_versions(stack: Stack) -> dict[str, int]:
    """Every organisation's version in the truth."""
    rows = query(stack.database_urls["profiles"], "select id, version from organisations")
    return {row["id"]: row["version"] for row in rows}


def outbox_rows(stack: Stack) -> Counter[tuple[str, int]]:
    """How many outbox rows each (organisation, version) has."""
    rows = query(
        stack.database_urls["profiles"],
        "select payload->>'organisation_id' as id, (payload->>'version')::int as version "
        "from outbox",
    )
    return Counter((row["id"], row["version"]) for row in rows)


def matched_versions(stack: Stack) -> dict[str, int]:
    """Every organisation's version as the matcher has taken it in."""
    rows = query(stack.database_urls["matcher"], "select id, version from organisation")
    return {row["id"]: row["version"] for row in rows}


def reconciliation(stack: Stack) -> dict[str, Any]:
    """What `hezuo reconcile` finds and mends."""
    with stack.client("operator") as operator:
        answer = operator.post("/v1/index/reconciliation", timeout=120)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found
