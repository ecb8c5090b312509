"""Importing and exporting, put together."""

from dataclasses import dataclass

from services.profiles.importing.exporting import ExportService
from services.profiles.importing.files import ImportFiles
from services.profiles.importing.jobs import ImportJobs
from services.profiles.importing.ports import SavesMany
from services.profiles.importing.run import ImportRun
from services.profiles.importing.runner import ImportRunner
from services.profiles.importing.service import ImportService
from services.profiles.storage import PostgresOrganisationStores
from shared.db import Database


@dataclass(frozen=True)
class ImportingPart:
    """What the handlers call, and the loop to run beside them."""

    imports: ImportService
    exports: ExportService
    runner: ImportRunner


def make_importing(database: Database, organisations: SavesMany) -> ImportingPart:
    """Over PostgreSQL, saving with the service's own use case."""
    jobs, files = ImportJobs(database), ImportFiles(database)
    runner = ImportRunner(database, jobs, ImportRun(jobs, files, organisations))
    return ImportingPart(
        imports=ImportService(jobs, files, wake=runner.wake),
        exports=ExportService(PostgresOrganisationStores(database)),
        runner=runner,
    )
