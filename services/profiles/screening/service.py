"""The use cases of policy screening."""

from collections.abc import Callable

from services.profiles.domain.flags import Flag, FlagChange, FlagRefusedError, appealed, decided
from services.profiles.ports import OrganisationStore
from services.profiles.preconditions import Precondition
from services.profiles.saving import Saving
from services.profiles.screening.audit_store import AuditStore
from services.profiles.screening.flag_store import FlagFilter, FlagStore
from services.profiles.screening.holding import hold_by_flags
from services.profiles.screening.rights import (
    may_read,
    require_appellant,
    require_decider,
    require_list_reader,
)
from services.profiles.screening.screening import connection_of
from services.profiles.screening.telling import flagged_text, told_event, told_finding, told_flag
from services.profiles.storage import PostgresOrganisationStore
from shared.contracts.principal import Principal
from shared.contracts.screening import (
    HOLDING,
    Appeal,
    AuditVerification,
    Clearing,
    FlagEventPage,
    FlagState,
    PolicyFlag,
    PolicyFlagPage,
    ScreeningAnswer,
    ScreeningRequest,
    ScreeningRules,
)
from shared.db import Database
from shared.errors import ProblemError
from shared.screening.find import find

Changing = Callable[[Flag], FlagChange]


class ScreeningService:
    """Reads flags, takes appeals and decisions."""

    def __init__(self, database: Database, saving: Saving) -> None:
        self._database = database
        self._saving = saving
        self._book = saving.screening.book

    def rules(self) -> ScreeningRules:
        """Those in force."""
        items = tuple(rule.told for rule in self._book.rules)
        return ScreeningRules(version=self._book.version, items=items)

    def check(self, request: ScreeningRequest) -> ScreeningAnswer:
        """What the patterns find in a text, which is not stored."""
        findings = tuple(told_finding(match) for match in find(request.text, self._book))
        return ScreeningAnswer(
            rules_version=self._book.version,
            would_be_held=any(one.severity in HOLDING for one in findings),
            findings=findings,
        )

    async def page(
        self, reader: Principal, wanted: FlagFilter, before: int | None, limit: int
    ) -> PolicyFlagPage:
        """Newest first. Raises ProblemError("forbidden")."""
        organisation = require_list_reader(reader, wanted.organisation)
        narrowed = FlagFilter(**{**vars(wanted), "organisation": organisation})
        async with self._database.reading() as connection:
            rows = await FlagStore(connection).page(narrowed, before=before, limit=limit + 1)
            ids = sorted({row.flag.organisation for row in rows})
            names = await FlagStore(connection).names(ids)
        items = tuple(
            told_flag(row.flag, self._book, reader, names.get(row.flag.organisation))
            for row in rows[:limit]
        )
        following = str(rows[limit - 1].number) if len(rows) > limit else None
        return PolicyFlagPage(items=items, next_cursor=following)

    async def read(self, reader: Principal, id: str) -> PolicyFlag:
        """One, with its statement and history. Raises ProblemError("not_found")."""
        async with self._database.reading() as connection:
            flag = await FlagStore(connection).find(id)
            if flag is None or not may_read(reader, flag.organisation):
                raise _not_found(id)
            state = await PostgresOrganisationStore(connection).find(flag.organisation)
            history = await AuditStore(connection).of_flag(id)
        names = state.profile.names if state and state.profile else None
        text = flagged_text(flag, state)
        return told_flag(flag, self._book, reader, names, text, history)

    async def of_organisation(self, reader: Principal, organisation: str) -> list[PolicyFlag]:
        """What stands against its statements now; nothing for readers whom it does not concern."""
        if not may_read(reader, organisation):
            return []
        async with self._database.reading() as connection:
            flags = (await FlagStore(connection).of([organisation])).get(organisation, [])
        standing = [f for f in flags if f.state not in (FlagState.GONE, FlagState.CLEARED)]
        return [told_flag(flag, self._book, reader) for flag in standing]

    async def appeal(
        self, author: Principal, id: str, body: Appeal, expected: Precondition
    ) -> PolicyFlag:
        """The member disagrees.

        Raises ProblemError `not_found`, `forbidden`, `version_required`, `stale_version`,
        `flag_cannot_change`.
        """

        def change(flag: Flag) -> FlagChange:
            require_appellant(author, flag)
            expected.require(flag.version)
            return appealed(flag, body.text, author.subject, self._saving.now())

        await self._change(id, change)
        return await self.read(author, id)

    async def decide(
        self, author: Principal, id: str, body: Clearing, expected: Precondition
    ) -> PolicyFlag:
        """A coordinator's word; raises what `appeal` raises."""
        require_decider(author)

        def change(flag: Flag) -> FlagChange:
            expected.require(flag.version)
            now = self._saving.now()
            return decided(flag, body.decision, body.reason, author.subject, now)

        await self._change(id, change)
        return await self.read(author, id)

    async def audit(self, reader: Principal, before: int | None, limit: int) -> FlagEventPage:
        """Newest first. Raises ProblemError("forbidden")."""
        require_decider(reader)
        async with self._database.reading() as connection:
            entries = await AuditStore(connection).page(before=before, limit=limit + 1)
        items = tuple(told_event(entry, reader) for entry in entries[:limit])
        following = str(entries[limit - 1].number) if len(entries) > limit else None
        return FlagEventPage(items=items, next_cursor=following)

    async def verify_audit(self, reader: Principal) -> AuditVerification:
        """Read the whole trail. Raises ProblemError("forbidden")."""
        require_decider(reader)
        async with self._database.transaction() as connection:
            entries, broken = await AuditStore(connection).verify()
        return AuditVerification(
            intact=broken is None,
            entries=entries,
            broken_at=broken.number if broken else None,
            problem=broken.problem if broken else None,
        )

    async def _change(self, id: str, change: Changing) -> None:
        async def attempt(store: OrganisationStore) -> None:
            flags = FlagStore(connection_of(store))
            found = await flags.find(id)
            if found is None:
                raise _not_found(id)
            state = await store.find(found.organisation, lock=True)
            flag = await flags.find(id)  # again, under the lock
            if state is None or flag is None:
                raise _not_found(id)
            await hold_by_flags(store, state, [_allowed(change, flag)])

        await self._saving.in_transaction(attempt)


def _allowed(change: Changing, flag: Flag) -> FlagChange:
    try:
        return change(flag)
    except FlagRefusedError as error:
        raise ProblemError("flag_cannot_change", reason=str(error)) from error


def _not_found(id: str) -> ProblemError:
    return ProblemError("not_found", what="policy flag", id=id)
