"""What a reader may see of an organisation; applied in the services and again at the edge."""

from shared.contracts.organisation import Organisation, Statement, Status, Visibility
from shared.contracts.principal import Principal


def may_see(organisation: Organisation, reader: Principal) -> bool:
    """Whether the reader may know that this organisation is there at all."""
    if reader.sees_everything or reader.speaks_for(organisation.id):
        return True
    return organisation.status is Status.ACTIVE


def as_seen_by(organisation: Organisation, reader: Principal) -> Organisation:
    """The organisation without what is private to its owner and the coordinators."""
    if reader.sees_everything or reader.speaks_for(organisation.id):
        return organisation
    held = frozenset(organisation.held)
    return organisation.model_copy(
        update={
            "contacts": (),
            "exclusions": (),
            "capacity": 0,
            "capabilities": tuple(s for s in organisation.capabilities if _public(s, held)),
            "needs": tuple(s for s in organisation.needs if _public(s, held)),
            "held": (),
        }
    )


def _public(statement: Statement, held: frozenset[str]) -> bool:
    return statement.visibility is Visibility.MEMBERS and statement.id not in held
