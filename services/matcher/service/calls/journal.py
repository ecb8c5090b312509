"""Who is told of what happens to calls: the audit trail and the bus, in the same transaction."""

from typing import Protocol

from services.matcher.domain.calls.stored import Change
from services.matcher.store import StoreTransaction
from shared.contracts.principal import Principal


class CallJournal(Protocol):
    """Called before the commit, with the call as it was stored."""

    async def record(self, transaction: StoreTransaction, change: Change, by: Principal) -> None:
        """An audit row and an event for each change."""
