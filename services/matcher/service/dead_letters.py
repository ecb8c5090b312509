"""Changes that could not be taken in: kept, listed, tried again."""

from collections.abc import Awaitable, Callable, Sequence
from hashlib import blake2b

import structlog

from services.matcher.domain.stored import NewDeadLetter
from services.matcher.service.cursors import read_id_cursor, write_id_cursor
from services.matcher.service.failures import is_passing
from services.matcher.service.ingest import TakeIn
from services.matcher.store import MatcherStore
from shared.bus import ReceivedMessage
from shared.contracts.events import OrganisationChanged
from shared.contracts.operations import DeadLetter, DeadLetterPage, Replay
from shared.errors import ProblemError

_log = structlog.get_logger("dead_letters")


class DeadLetterOffice:
    """Keeps ids and the kind of failure; never the message, which might hold anything."""

    def __init__(self, store: MatcherStore, take_in: TakeIn) -> None:
        self._store = store
        self._take_in = take_in

    async def keep(
        self, message: ReceivedMessage, event: OrganisationChanged | None, reason: str
    ) -> None:
        """Keep a message once, however often it is delivered."""
        letter = NewDeadLetter(
            fingerprint=blake2b(message.data, digest_size=32).digest(),
            organisation_id=event.organisation_id if event else None,
            version=event.version if event else None,
            subject=message.subject,
            reason=reason,
            deliveries=message.deliveries,
        )
        async with self._store.transaction() as transaction:
            await transaction.letters.add(letter)
        _log.error("dead_letter", organisation=letter.organisation_id, reason=reason)

    async def page(self, *, cursor: str | None, limit: int) -> DeadLetterPage:
        """Newest first."""
        before = read_id_cursor(cursor)
        async with self._store.transaction() as transaction:
            letters = await transaction.letters.page(before=before, limit=limit + 1)
        more = len(letters) > limit
        return DeadLetterPage(
            items=tuple(letters[:limit]),
            next_cursor=write_id_cursor(letters[limit - 1].id) if more else None,
        )

    async def replay(self, id: int) -> Replay:
        """Take one in. Raises `not_found`, or `conflict` with the reason if it fails again."""
        async with self._store.transaction() as transaction:
            letter = await transaction.letters.get(id)
        if letter is None:
            raise ProblemError("not_found", what="dead letter", id=str(id))
        if letter.organisation_id is None:
            raise ProblemError("conflict", reason="it names no organisation; reconcile instead")
        failure = await self._try(letter)
        if failure:
            raise ProblemError("conflict", reason=f"it fails again: {failure}")
        return Replay(replayed=1)

    async def dismiss(self, id: int) -> None:
        """Drop one. Raises `not_found`, or `conflict` for a change that is still to be taken in."""
        async with self._store.transaction() as transaction:
            letter = await transaction.letters.get(id)
            if letter is None:
                raise ProblemError("not_found", what="dead letter", id=str(id))
            if letter.organisation_id is not None and letter.replayed_at is None:
                raise ProblemError("conflict", reason="it names an organisation; replay it instead")
            await transaction.letters.remove(id)
        _log.info("dead_letter_dismissed", letter=id, reason=letter.reason)

    async def replay_all(self) -> Replay:
        """Try all open ones; those that fail again stay."""
        async with self._store.transaction() as transaction:
            letters = await transaction.letters.open()
        failures = [await self._try(letter) for letter in letters]
        return Replay(replayed=failures.count(None))

    async def _try(self, letter: DeadLetter) -> str | None:
        try:
            await self._take_in.take_in([letter.organisation_id or ""])
        except Exception as error:
            if is_passing(error):
                raise
            return type(error).__name__
        async with self._store.transaction() as transaction:
            await transaction.letters.mark_replayed(letter.id)
        return None


Attempt = Callable[[Sequence[str]], Awaitable[object]]


async def bisect(ids: Sequence[str], attempt: Attempt) -> dict[str, Exception]:
    """Attempt all together; on a failure halve, until those that fail by themselves are known.

    Failures that will pass (a part is away) are raised: they say nothing about an organisation.
    """
    try:
        await attempt(ids)
    except Exception as error:
        if is_passing(error):
            raise
        if len(ids) == 1:
            return {ids[0]: error}
        middle = len(ids) // 2
        first = await bisect(ids[:middle], attempt)
        return {**first, **await bisect(ids[middle:], attempt)}
    return {}
