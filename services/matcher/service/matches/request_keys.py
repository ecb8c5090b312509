"""The same request twice makes one thing."""

import hashlib

from services.matcher.store import StoreTransaction
from shared.contracts.base import Contract
from shared.contracts.principal import Principal
from shared.errors import ProblemError


def digest_of(about: str, body: Contract) -> bytes:
    """Of what came with a key."""
    return hashlib.blake2b(f"{about}\n{body.model_dump_json()}".encode(), digest_size=32).digest()


async def used_before(
    transaction: StoreTransaction, by: Principal, key: str | None, digest: bytes
) -> str | None:
    """What the key made. Raises ProblemError("idempotency_key_reused")."""
    if key is None:
        return None
    use = await transaction.request_keys.claim(by.subject, key)
    if use is None:
        return None
    if use.digest != digest:
        raise ProblemError("idempotency_key_reused")
    return use.created
