"""Whose call a new one is."""

from services.matcher.domain.calls.rights import STAFF
from services.matcher.store import StoreTransaction
from shared.contracts.organisation import Kind
from shared.contracts.principal import Principal, Role
from shared.errors import ProblemError


async def publisher_of(
    transaction: StoreTransaction, wanted: str | None, by: Principal
) -> str | None:
    """A member's own enterprise; what a coordinator names.

    Raises ProblemError `own_organisation_only`, `forbidden` or `not_found`.
    """
    if by.role is not Role.MEMBER:
        return await _known(transaction, wanted)
    if by.organisation is None or wanted not in (None, by.organisation):
        raise ProblemError("own_organisation_only")
    stored = await transaction.snapshots.get(by.organisation)
    if stored is None or stored.profile is None:
        raise ProblemError("not_found", what="organisation", id=by.organisation)
    if stored.profile.kind != Kind.ENTERPRISE.value:
        raise ProblemError("forbidden", reason="calls are made by enterprises and coordinators")
    return by.organisation


def may_make_calls(by: Principal) -> bool:
    """Members' organisations are looked at apart."""
    return by.role in STAFF or by.role in (Role.MEMBER, Role.BATCH)


async def _known(transaction: StoreTransaction, wanted: str | None) -> str | None:
    if wanted is not None and not await transaction.snapshots.active([wanted]):
        raise ProblemError("not_found", what="organisation", id=wanted)
    return wanted
