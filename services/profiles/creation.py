"""Creating an organisation, once for each Idempotency-Key."""

import hashlib
from datetime import timedelta
from secrets import token_hex

from services.profiles.domain.ids import make_organisation_id
from services.profiles.domain.stored import OrganisationState
from services.profiles.ports import IdempotentCreation, OrganisationStore
from services.profiles.rights import require_writer
from services.profiles.saving import Saving
from shared.contracts.organisation import NewOrganisation, OrganisationProfile, Status
from shared.contracts.principal import Principal, Role
from shared.errors import ProblemError

KEYS_ARE_KEPT = timedelta(hours=24)


class OrganisationCreation:
    """POST /organisations."""

    def __init__(self, saving: Saving) -> None:
        self._saving = saving

    async def create(
        self, author: Principal, body: NewOrganisation, key: str | None = None
    ) -> OrganisationState:
        """A first version; a repetition with the same key gets the first answer again.

        Raises ProblemError `forbidden`, `invalid_request`, `already_exists`, `erased`,
        `identifier_taken`, `request_in_flight`, `idempotency_key_reused`.
        """
        organisation_id = _id_for(author, body)
        require_writer(author, organisation_id)

        async def attempt(store: OrganisationStore) -> OrganisationState:
            if key and (earlier := await self._earlier(store, author, body, key)):
                return earlier
            state = await self._first_version(store, author, organisation_id, body)
            if key:
                use = IdempotentCreation(_request_hash(body), organisation_id)
                await store.remember(author.subject, key, use, now=state.created_at)
            return state

        return await self._saving.in_transaction(attempt)

    async def _first_version(
        self,
        store: OrganisationStore,
        author: Principal,
        organisation_id: str,
        body: NewOrganisation,
    ) -> OrganisationState:
        if found := await store.stamp(organisation_id):
            if found.status is Status.ERASED:
                raise ProblemError("erased", id=organisation_id)
            raise ProblemError("already_exists", what="organisation", id=organisation_id)
        content = {name: value for name, value in body if name != "id"}
        profile = OrganisationProfile.model_construct(**content)
        return await self._saving.save(store, author, organisation_id, profile, None)

    async def _earlier(
        self, store: OrganisationStore, author: Principal, body: NewOrganisation, key: str
    ) -> OrganisationState | None:
        """What the key made before, from the history."""
        if not await store.claim_key(author.subject, key):
            raise ProblemError("request_in_flight", headers={"Retry-After": "1"})
        since = self._saving.now() - KEYS_ARE_KEPT
        use = await store.creation(author.subject, key, since=since)
        if use is None:
            return None
        if use.request_hash != _request_hash(body):
            raise ProblemError("idempotency_key_reused")
        first = await store.version(use.organisation_id, 1)
        if first is None or first.profile is None:
            raise ProblemError("erased", id=use.organisation_id)
        return OrganisationState(
            id=use.organisation_id,
            version=first.version,
            status=first.status,
            profile=first.profile,
            created_at=first.changed_at,
            updated_at=first.changed_at,
        )


def _id_for(author: Principal, body: NewOrganisation) -> str:
    if body.id:
        return body.id
    if author.role is not Role.MEMBER:
        return make_organisation_id(body.names, token_hex(5))
    if author.organisation is None:
        raise ProblemError("forbidden", reason="this token names no organisation")
    return author.organisation


def _request_hash(body: NewOrganisation) -> bytes:
    return hashlib.blake2b(body.model_dump_json().encode(), digest_size=32).digest()
