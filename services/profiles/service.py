"""The use cases that write: one transaction each, committed before the answer."""

from collections.abc import Sequence

from services.profiles.domain.outcomes import SaveOutcome
from shared.contracts.organisation import OrganisationProfile
from shared.contracts.principal import Principal


class OrganisationService:
    """Creates, changes, withdraws and erases organisations."""

    async def save_many(
        self,
        principal: Principal,
        rows: Sequence[tuple[str, OrganisationProfile]],
        *,
        dry_run: bool,
    ) -> list[SaveOutcome]:
        """Create or replace many organisations by id, in one transaction.

        Outcomes are in the order of `rows`. A row that cannot be taken (an identifier that
        another organisation has, an unknown code, a withdrawn or erased organisation, an id
        given twice) is refused by itself. With `dry_run` nothing is stored, and the outcomes
        are what they would have been. Raises ProblemError("forbidden") where the principal
        may not write organisations in bulk.
        """
        raise NotImplementedError
