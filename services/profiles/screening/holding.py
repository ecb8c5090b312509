"""Changing flags of an organisation that is stored: what is held of it changes with them."""

from collections.abc import Sequence
from dataclasses import replace

from services.profiles.domain.flags import SCREENING, FlagChange, held_statements
from services.profiles.domain.stored import OrganisationState
from services.profiles.events import changed
from services.profiles.ports import OrganisationStore
from services.profiles.screening.flag_store import FlagStore
from services.profiles.screening.screening import connection_of, with_changes, write_changes
from shared.contracts.organisation import Status
from shared.http.request_id import current_request_id


async def hold_by_flags(
    store: OrganisationStore, state: OrganisationState, changes: Sequence[FlagChange]
) -> OrganisationState:
    """Write the changes; where they hold or free a statement, a new version and its event.

    The organisation's row is locked by the caller. When its members last changed it stays as it
    was: screening makes no profile fresh. An erased organisation stays as it is.
    """
    connection = connection_of(store)
    flags = (await FlagStore(connection).of([state.id])).get(state.id, [])
    await write_changes(connection, changes)
    held = held_statements(with_changes(flags, changes))
    if held == state.held or state.status is Status.ERASED:
        return state
    next_version = replace(state, version=state.version + 1, held=held)
    at = max(change.flag.changed_at for change in changes)
    await store.write([next_version], author=SCREENING, at=at)
    await store.append([changed(next_version, current_request_id(), at)])
    return next_version
