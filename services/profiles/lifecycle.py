"""Withdrawing, restoring and erasing an organisation; each may safely be repeated."""

from dataclasses import replace

from services.profiles.domain.stored import OrganisationState
from services.profiles.events import changed
from services.profiles.ports import OrganisationStore
from services.profiles.preconditions import Precondition
from services.profiles.rights import require_eraser, require_writer
from services.profiles.saving import Saving
from shared.contracts.organisation import Status
from shared.contracts.principal import Principal
from shared.errors import ProblemError
from shared.http.request_id import current_request_id


class OrganisationLifecycle:
    """The states of an organisation: active, withdrawn, erased."""

    def __init__(self, saving: Saving) -> None:
        self._saving = saving

    async def withdraw(
        self, author: Principal, organisation_id: str, expected: Precondition
    ) -> OrganisationState:
        """Hide it from others. Raises ProblemError `version_required`, `stale_version`, ..."""
        require_writer(author, organisation_id)
        if not expected.given:
            raise ProblemError("version_required")
        return await self._move(author, organisation_id, Status.WITHDRAWN, expected)

    async def restore(
        self, author: Principal, organisation_id: str, expected: Precondition
    ) -> OrganisationState:
        """Undo a withdrawal; a precondition is optional."""
        require_writer(author, organisation_id)
        return await self._move(author, organisation_id, Status.ACTIVE, expected)

    async def erase(self, author: Principal, organisation_id: str) -> OrganisationState:
        """Remove its text from everything that is kept; only id and version remain."""
        require_eraser(author, organisation_id)

        async def attempt(store: OrganisationStore) -> OrganisationState:
            current = await _existing(store, organisation_id)
            if current.status is Status.ERASED:
                return current
            erased = replace(
                current,
                version=current.version + 1,
                status=Status.ERASED,
                profile=None,
                updated_at=self._saving.now(),
                held=frozenset(),
            )
            await self._saving.screening.forget(store, organisation_id)
            await store.erase(erased, author=author.subject)
            await store.append([changed(erased, current_request_id())])
            return erased

        return await self._saving.in_transaction(attempt)

    async def _move(
        self, author: Principal, organisation_id: str, target: Status, expected: Precondition
    ) -> OrganisationState:
        async def attempt(store: OrganisationStore) -> OrganisationState:
            current = await _existing(store, organisation_id)
            if current.status is Status.ERASED:
                raise ProblemError("erased", id=organisation_id)
            if current.status is target:  # a repetition, perhaps after a lost answer
                return current
            expected.allow(current.version)
            moved = replace(
                current,
                version=current.version + 1,
                status=target,
                updated_at=self._saving.now(),
            )
            (stored,) = await self._saving.store(store, author, [moved])
            return stored

        return await self._saving.in_transaction(attempt)


async def _existing(store: OrganisationStore, organisation_id: str) -> OrganisationState:
    current = await store.find(organisation_id, lock=True)
    if current is None:
        raise ProblemError("not_found", what="organisation", id=organisation_id)
    return current
