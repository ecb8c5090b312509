"""Making, listing and revoking API keys, and recognising a key that is offered."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from services.gateway.accounts.account_audit import note_of
from services.gateway.identity import api_key
from services.gateway.rights import require_own, require_role
from services.gateway.storage.api_keys import (
    ApiKeyStore,
    KeyOwner,
    count_live,
    insert,
    lock_owner,
    revoke,
)
from shared.audit_entries import Details
from shared.contracts.api_keys import ApiKey, ApiKeyPage, ApiKeyRequest, CreatedApiKey
from shared.contracts.principal import Principal, Role
from shared.errors import ProblemError

LIVE_KEYS = 2
"""The old and the new one, for rotation without a gap."""
_USE_IS_NOTED_EVERY = timedelta(minutes=1)


def _now() -> datetime:
    return datetime.now(UTC)


class ApiKeys:
    """The use cases."""

    def __init__(self, store: ApiKeyStore, now: Callable[[], datetime] = _now) -> None:
        self._store = store
        self._now = now

    async def prepared(self) -> bool:
        """Whether keys can be looked up yet."""
        return await self._store.prepared()

    async def create(self, request: ApiKeyRequest, reader: Principal) -> CreatedApiKey:
        """A new key. Raises ProblemError `too_many_keys`, `role_required` and the like."""
        owner = _owner_for(request, reader)
        fresh, moment = api_key.generate(), self._now()
        key = ApiKey(
            id=uuid4(),
            prefix=fresh.prefix,
            role=owner.role,
            organisation=owner.organisation,
            subject=owner.subject,
            label=request.label,
            created_by=reader.subject,
            created_at=moment,
            expires_at=request.expires_at,
        )
        async with self._store.writing() as connection:
            await lock_owner(connection, owner)
            if await count_live(connection, owner, moment) >= LIVE_KEYS:
                raise ProblemError("too_many_keys", limit=LIVE_KEYS)
            await insert(connection, key, fresh.digest)
            await note_of(connection, reader, "key_made", "api_key", str(key.id), _rights(key))
        return CreatedApiKey(**key.model_dump(), key=fresh.text)

    async def page(self, reader: Principal, *, limit: int, cursor: UUID | None) -> ApiKeyPage:
        """The reader's own keys; all keys for an operator."""
        found = await self._store.page(_scope(reader), limit=limit + 1, after=cursor)
        items = tuple(found[:limit])
        return ApiKeyPage(items=items, next_cursor=items[-1].id if len(found) > limit else None)

    async def revoke(self, key_id: UUID, reader: Principal) -> None:
        """It is refused from now on. Raises ProblemError("not_found") for others' keys."""
        async with self._store.writing() as connection:
            if not await revoke(connection, key_id, _scope(reader), self._now()):
                raise ProblemError("not_found", what="API key", id=str(key_id))
            await note_of(connection, reader, "key_revoked", "api_key", str(key_id), {})

    async def recognise(self, text: str) -> Principal:
        """Whom a key stands for. Raises ProblemError("unauthenticated")."""
        prefix = api_key.prefix_of(text)
        stored = await self._store.find(prefix) if prefix else None
        moment = self._now()
        if stored is None or not api_key.matches(text, stored.digest):
            raise _refused()
        if not _is_live(stored.key, moment):
            raise _refused()
        if _use_is_news(stored.key, moment):
            await self._store.note_use(stored.key.id, moment)
        return Principal(
            subject=stored.key.subject, role=stored.key.role, organisation=stored.key.organisation
        )


def _rights(key: ApiKey) -> Details:
    """Whom it stands for; neither the label, which is free text, nor a part of the key."""
    owner: Details = {"role": key.role.value, "organisation": key.organisation}
    expires = key.expires_at.isoformat() if key.expires_at else None
    return owner | {"subject": key.subject, "expires_at": expires}


def _refused() -> ProblemError:
    return ProblemError("unauthenticated", reason="", headers={"WWW-Authenticate": "Bearer"})


def _owner_for(request: ApiKeyRequest, reader: Principal) -> KeyOwner:
    """Operators name any owner; members and coordinators make keys for themselves."""
    require_role(reader, Role.OPERATOR, Role.COORDINATOR, Role.MEMBER)
    if reader.role is not Role.OPERATOR:
        if request.role is not reader.role:
            raise ProblemError("role_required", roles=Role.OPERATOR)
        require_own(reader, request.organisation)
        return KeyOwner(reader.role, reader.organisation, reader.subject)
    standard = f"{request.role}:{request.organisation}" if request.organisation else request.role
    return KeyOwner(request.role, request.organisation, request.subject or standard)


def _scope(reader: Principal) -> KeyOwner | None:
    if reader.role is Role.OPERATOR:
        return None
    return KeyOwner(reader.role, reader.organisation, reader.subject)


def _is_live(key: ApiKey, moment: datetime) -> bool:
    return key.revoked_at is None and (key.expires_at is None or key.expires_at > moment)


def _use_is_news(key: ApiKey, moment: datetime) -> bool:
    return key.last_used_at is None or moment - key.last_used_at > _USE_IS_NOTED_EVERY
