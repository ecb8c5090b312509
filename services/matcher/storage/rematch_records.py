"""All stores of rematch jobs over one connection."""

from dataclasses import dataclass
from typing import Self

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from services.matcher.storage.constraint_tables import ConstraintTables
from services.matcher.storage.rematch_covers import RematchCovers
from services.matcher.storage.rematch_finishes import RematchFinishes
from services.matcher.storage.rematch_jobs import RematchJobs
from services.matcher.storage.rematch_partitions import RematchPartitions
from services.matcher.storage.rematch_results import RematchResults
from services.matcher.storage.rematch_schedules import RematchSchedules
from services.matcher.storage.rematch_tables import RematchTables


@dataclass(frozen=True)
class RematchRecords:
    """Read and written in the caller's transaction."""

    jobs: RematchJobs
    partitions: RematchPartitions
    finishes: RematchFinishes
    results: RematchResults
    schedules: RematchSchedules
    covers: RematchCovers

    @classmethod
    def over(
        cls,
        tables: RematchTables,
        organisation: sa.Table,
        constraints: ConstraintTables,
        connection: AsyncConnection,
    ) -> Self:
        """One connection for all."""
        return cls(
            RematchJobs(tables, connection),
            RematchPartitions(tables, connection),
            RematchFinishes(tables, connection),
            RematchResults(tables, connection),
            RematchSchedules(tables, connection),
            RematchCovers(organisation, constraints, connection),
        )
