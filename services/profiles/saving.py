"""What all use cases that write have in common: admission, the transaction, the event."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeVar

from services.profiles.domain.admission import ReferenceData, admit
from services.profiles.domain.bulk import IDENTIFIERS
from services.profiles.domain.stored import OrganisationState, content_digest
from services.profiles.domain.taxonomy import Taxonomy
from services.profiles.events import changed
from services.profiles.ports import ConcurrentWriteError, OrganisationStore, OrganisationStores
from services.profiles.screening.screening import Screening
from shared.contracts.organisation import OrganisationProfile, Status
from shared.contracts.principal import Principal
from shared.contracts.problems import FieldProblem
from shared.errors import ProblemError
from shared.http.request_id import current_request_id

_T = TypeVar("_T")
_ATTEMPTS = 3


class Saving:
    """Stores versions of organisations."""

    def __init__(
        self,
        stores: OrganisationStores,
        reference: ReferenceData,
        taxonomy: Callable[[], Taxonomy],
        screening: Screening,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._stores = stores
        self._reference = reference
        self._taxonomy = taxonomy
        self.screening = screening
        self.now = now

    async def in_transaction(self, attempt: Callable[[OrganisationStore], Awaitable[_T]]) -> _T:
        """The attempt's result, committed; a lost race is run again and sees what has won."""
        for _ in range(_ATTEMPTS):
            try:
                async with self._stores.transaction() as store:
                    return await attempt(store)
            except ConcurrentWriteError:
                continue
        raise ProblemError("conflict", reason="others are changing the same data; try again")

    def admit(
        self, organisation_id: str, profile: OrganisationProfile
    ) -> tuple[OrganisationProfile, tuple[FieldProblem, ...]]:
        """The profile as it will be stored, and what forbids storing it."""
        return admit(organisation_id, profile, self._reference, self._taxonomy())

    async def save(
        self,
        store: OrganisationStore,
        author: Principal,
        organisation_id: str,
        profile: OrganisationProfile,
        current: OrganisationState | None,
    ) -> OrganisationState:
        """The state after the write: a new version, or the current one if nothing changes.

        Raises ProblemError `invalid_request` or `identifier_taken`.
        """
        admitted, problems = self.admit(organisation_id, profile)
        if problems:
            raise ProblemError("invalid_request", fields=problems)
        if current and current.profile and _same(current.profile, admitted):
            return current
        await _refuse_taken(store, author, organisation_id, admitted)
        now = self.now()
        new = (
            replace(current, version=current.version + 1, profile=admitted, updated_at=now)
            if current
            else OrganisationState(organisation_id, 1, Status.ACTIVE, admitted, now, now)
        )
        (state,) = await self.store(store, author, [new])
        return state

    async def store(
        self, store: OrganisationStore, author: Principal, states: Sequence[OrganisationState]
    ) -> list[OrganisationState]:
        """Screened, with their history and events; as they are stored."""
        screened = await self.screening.screened(store, states)
        await store.write(screened, author=author.subject)
        request_id = current_request_id()
        await store.append([changed(state, request_id) for state in screened])
        return screened


def _same(one: OrganisationProfile, other: OrganisationProfile) -> bool:
    return content_digest(one) == content_digest(other)


async def _refuse_taken(
    store: OrganisationStore, author: Principal, organisation_id: str, profile: OrganisationProfile
) -> None:
    for field in IDENTIFIERS:
        if not (value := getattr(profile, field)):
            continue
        holder = (await store.holders(field, [value])).get(value, organisation_id)
        if holder != organisation_id:
            problem = FieldProblem(
                field=field,
                problem="another organisation has it",
                # Which one is not for a member to know: it may be withdrawn.
                mend=f"see organisation {holder}" if author.sees_everything else None,
            )
            raise ProblemError("identifier_taken", field=field, value=value, fields=[problem])
