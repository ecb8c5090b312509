"""What importing needs from the rest of the service."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from sqlalchemy.ext.asyncio import AsyncConnection

from services.profiles.domain.outcomes import SaveOutcome
from services.profiles.service import Alongside
from shared.contracts.organisation import OrganisationProfile
from shared.contracts.principal import Principal


class SavesMany(Protocol):
    """`OrganisationService.save_many`."""

    async def save_many(
        self,
        principal: Principal,
        rows: Sequence[tuple[str, OrganisationProfile]],
        *,
        dry_run: bool,
        alongside: Alongside | None = None,
    ) -> list[SaveOutcome]: ...


@runtime_checkable
class StoreWithConnection(Protocol):
    """A store whose transaction others may write in."""

    connection: AsyncConnection
