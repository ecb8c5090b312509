"""Keeps what insights count up to date with the snapshots."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.matcher.domain.field_tree import FieldTree
from services.matcher.domain.insights.stated import StatedRow, stated_rows
from services.matcher.insight_store import InsightStore
from services.matcher.store import MatcherStore

_AT_ONCE = 200


@dataclass(frozen=True)
class CountStatements:
    """Idempotent: any number may run."""

    store: MatcherStore
    insights: InsightStore
    fields: FieldTree

    async def count(self) -> int:
        """Count the organisations that have changed; how many, 0 when all are counted."""
        stale = await self.insights.stale(_AT_ONCE)
        if not stale:
            return 0
        async with self.store.transaction() as transaction:
            # Versions first: a change in between is counted again.
            versions = await transaction.snapshots.versions(stale)
            active = await transaction.snapshots.active(stale)
        rows: list[StatedRow] = []
        joint: dict[tuple[str, str], int] = {}
        for id, organisation in active.items():
            rows += stated_rows(organisation, self.fields)
            joint |= _pairs(id, organisation.collaborations)
        await self.insights.count_in(versions, rows, joint)
        return len(stale)


def _pairs(id: str, collaborations: Mapping[str, int]) -> dict[tuple[str, str], int]:
    return {(id, other): count for other, count in collaborations.items() if other != id}
