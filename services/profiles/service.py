"""The use cases that write: one transaction each, committed before the answer."""

from collections.abc import Awaitable, Callable, Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from services.profiles.domain.outcomes import SaveOutcome
from shared.contracts.organisation import OrganisationProfile
from shared.contracts.principal import Principal

Alongside = Callable[[AsyncConnection, list[SaveOutcome]], Awaitable[None]]
"""Work of another part that is committed together with a bulk save, or undoes it by raising."""


class OrganisationService:
    """Creates, changes, withdraws and erases organisations."""

    async def save_many(
        self,
        principal: Principal,
        rows: Sequence[tuple[str, OrganisationProfile]],
        *,
        dry_run: bool,
        alongside: Alongside | None = None,
    ) -> list[SaveOutcome]:
        """Create or replace many organisations by id, in one transaction.

        Outcomes are in the order of `rows`. A row that cannot be taken (an identifier that
        another organisation has, an unknown code, a withdrawn or erased organisation, an id
        given twice) is refused by itself. With `dry_run` nothing is stored, and the outcomes
        are what they would have been. `alongside` is awaited with the transaction's
        connection and the outcomes just before the commit (an import's progress, so that a
        crash neither loses nor repeats rows), with `dry_run` too: what it writes is kept.
        Raises ProblemError("forbidden") where the principal
        may not write organisations in bulk.
        """
        raise NotImplementedError
