"""The use cases of the service, made once."""

from dataclasses import dataclass

from services.profiles.creation import OrganisationCreation
from services.profiles.identifiers import IdentifierRules
from services.profiles.lifecycle import OrganisationLifecycle
from services.profiles.look_alikes import FindLookAlikes
from services.profiles.names import OrganisationNames
from services.profiles.reading import OrganisationReading
from services.profiles.saving import Saving
from services.profiles.screening.screening import Screening
from services.profiles.service import OrganisationService
from services.profiles.storage import PostgresOrganisationStores
from services.profiles.taxonomy import load_taxonomy
from shared.db import Database
from shared.screening.rule_files import load_rules


@dataclass(frozen=True)
class UseCases:
    """What the handlers call."""

    creation: OrganisationCreation
    changes: OrganisationService
    lifecycle: OrganisationLifecycle
    reading: OrganisationReading
    saving: Saving
    look_alikes: FindLookAlikes


def make_use_cases(database: Database) -> UseCases:
    """The use cases over PostgreSQL."""
    stores = PostgresOrganisationStores(database)
    saving = Saving(stores, IdentifierRules(), load_taxonomy, Screening(load_rules()))
    return UseCases(
        creation=OrganisationCreation(saving),
        changes=OrganisationService(saving),
        lifecycle=OrganisationLifecycle(saving),
        reading=OrganisationReading(stores),
        saving=saving,
        look_alikes=FindLookAlikes(OrganisationNames(database)),
    )
