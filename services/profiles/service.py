"""Changing organisations, one by one and in bulk: one transaction each, before the answer."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from pydantic import TypeAdapter, ValidationError

from services.profiles.domain.bulk import IDENTIFIERS, Admitted, BulkPlan, plan_bulk
from services.profiles.domain.merge_patch import Json, merge_patch
from services.profiles.domain.outcomes import SaveOutcome
from services.profiles.domain.stored import OrganisationState
from services.profiles.ports import OrganisationStore
from services.profiles.preconditions import Precondition
from services.profiles.rights import require_bulk_writer, require_writer
from services.profiles.saving import Saving
from shared.contracts.base import OrganisationId
from shared.contracts.organisation import OrganisationProfile, Status
from shared.contracts.principal import Principal
from shared.contracts.problems import FieldProblem
from shared.errors import ProblemError
from shared.http.problems import field_problems

_ORGANISATION_ID: TypeAdapter[str] = TypeAdapter(OrganisationId)
_ROWS_BETWEEN_PAUSES = 50
Alongside = Callable[[OrganisationStore, list[SaveOutcome]], Awaitable[None]]
"""What another part commits together with a bulk save (an import's progress), in its store's
transaction; raising undoes the save."""


class OrganisationService:
    """Replaces, patches, and saves in bulk."""

    def __init__(self, saving: Saving) -> None:
        self._saving = saving

    async def replace(
        self,
        author: Principal,
        organisation_id: str,
        profile: OrganisationProfile,
        expected: Precondition,
    ) -> OrganisationState:
        """The next version, or the first one where the author expects none to be there.

        Equal content makes no new version. Raises ProblemError `forbidden`, `not_found`,
        `erased`, `conflict`, `version_required`, `stale_version`, `invalid_request`,
        `identifier_taken`.
        """
        require_writer(author, organisation_id)

        async def attempt(store: OrganisationStore) -> OrganisationState:
            current = await store.find(organisation_id, lock=True)
            if current is not None or not expected.absence:
                current = _writable(current, organisation_id, expected)
            return await self._saving.save(store, author, organisation_id, profile, current)

        return await self._saving.in_transaction(attempt)

    async def patch(
        self, author: Principal, organisation_id: str, patch: Json, expected: Precondition
    ) -> OrganisationState:
        """The next version by JSON Merge Patch (RFC 7396); raises what `replace` raises."""
        require_writer(author, organisation_id)

        async def attempt(store: OrganisationStore) -> OrganisationState:
            found = await store.find(organisation_id, lock=True)
            current = _writable(found, organisation_id, expected)
            profile = _patched(current, patch)
            return await self._saving.save(store, author, organisation_id, profile, current)

        return await self._saving.in_transaction(attempt)

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
        are what they would have been. `alongside` is committed with it, with `dry_run` too.
        Raises ProblemError("forbidden") where the principal may not write in bulk.
        """
        require_bulk_writer(principal)
        admitted = await self._admit_all(rows)

        async def attempt(store: OrganisationStore) -> list[SaveOutcome]:
            plan = await self._plan(store, admitted)
            if plan.states and not dry_run:
                await self._saving.store(store, principal, plan.states)
            if alongside is not None:
                await alongside(store, plan.outcomes)
            return plan.outcomes

        return await self._saving.in_transaction(attempt)

    async def _admit_all(self, rows: Sequence[tuple[str, OrganisationProfile]]) -> list[Admitted]:
        admitted = []
        for index, (organisation_id, profile) in enumerate(rows):
            if index % _ROWS_BETWEEN_PAUSES == 0:
                await asyncio.sleep(0)  # other requests go on meanwhile
            ready, problems = self._saving.admit(organisation_id, profile)
            problems = (*_problems_of_id(organisation_id), *problems)
            admitted.append(Admitted(organisation_id, ready, problems))
        return admitted

    async def _plan(self, store: OrganisationStore, rows: Sequence[Admitted]) -> BulkPlan:
        accepted = [row for row in rows if not row.problems]
        known = await store.known([row.id for row in accepted])
        holders = {
            name: await store.holders(
                name, [v for row in accepted if (v := getattr(row.profile, name))]
            )
            for name in IDENTIFIERS
        }
        return plan_bulk(rows, known, holders, self._saving.now())


def _writable(
    current: OrganisationState | None, organisation_id: str, expected: Precondition
) -> OrganisationState:
    """What is there, if it may be changed and is what the author has read."""
    if current is None:
        if not expected.given:
            raise ProblemError("version_required")
        raise ProblemError("not_found", what="organisation", id=organisation_id)
    if current.status is Status.ERASED:
        raise ProblemError("erased", id=organisation_id)
    expected.require(current.version)
    if current.status is Status.WITHDRAWN:
        raise ProblemError("conflict", reason="it is withdrawn; restore it before changing it")
    return current


def _patched(current: OrganisationState, patch: Json) -> OrganisationProfile:
    assert current.profile is not None
    merged = merge_patch(current.profile.model_dump(mode="json", exclude_unset=True), patch)
    try:
        return OrganisationProfile.model_validate(merged)
    except ValidationError as error:
        fields = field_problems([dict(item) for item in error.errors()])
        raise ProblemError("invalid_request", fields=fields) from error


def _problems_of_id(organisation_id: str) -> tuple[FieldProblem, ...]:
    try:
        _ORGANISATION_ID.validate_python(organisation_id)
    except ValidationError:
        return (
            FieldProblem(
                field="id",
                problem="not an id: 1 to 64 letters, digits and . _ : ~ -",
                mend="start with a letter or digit, and replace spaces and other signs",
            ),
        )
    return ()
