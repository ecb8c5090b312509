"""Who has an account and what it may do; how members come to speak for an organisation."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import NoReturn
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from services.gateway.accounts import people_store as store
from services.gateway.accounts import session_store
from services.gateway.accounts.account_audit import note
from services.gateway.accounts.people_store import PeopleFilter
from services.gateway.messages.notes import News, Note
from services.gateway.messages.owners import COORDINATORS, of_person
from services.gateway.messages.publishing import Publishing
from services.gateway.rights import require_role
from shared.clients.service_client import ServiceClient
from shared.contracts.accounts import Person, PersonChange, PersonPage
from shared.contracts.messages import About, MessageKind, NamedOrganisation
from shared.contracts.organisation import Language, Names
from shared.contracts.principal import Principal, Role
from shared.db import Database
from shared.errors import ProblemError

_STAFF = (Role.COORDINATOR, Role.OPERATOR)


def _now() -> datetime:
    return datetime.now(UTC)


class People:
    """The use cases; `profiles` tells whether an organisation is there, `publishing` people."""

    def __init__(
        self,
        database: Database,
        profiles: ServiceClient,
        publishing: Publishing,
        now: Callable[[], datetime] = _now,
    ) -> None:
        self._database = database
        self._profiles = profiles
        self._publishing = publishing
        self._now = now

    async def page(
        self, which: PeopleFilter, reader: Principal, *, limit: int, cursor: str | None
    ) -> PersonPage:
        """Accounts by e-mail, for staff. Raises ProblemError("role_required")."""
        require_role(reader, *_STAFF)
        async with self._database.reading() as connection:
            found = await store.page(connection, which, limit=limit + 1, after=cursor)
        items = tuple(found[:limit])
        more = len(found) > limit
        return PersonPage(items=items, next_cursor=items[-1].email if more else None)

    async def read(self, person_id: UUID, reader: Principal) -> Person:
        """One account, for staff. Raises ProblemError `role_required` or `not_found`."""
        require_role(reader, *_STAFF)
        async with self._database.reading() as connection:
            person = await store.by_id(connection, person_id)
        if person is None:
            _raise_absent(person_id)
        return person

    async def change(
        self, person_id: UUID, asked: PersonChange, expected: int | None, reader: Principal
    ) -> Person:
        """Rights, name, suspension: an operator's work; a suspension ends all sessions.

        Raises ProblemError `role_required`, `not_found`, `stale_version`, or `conflict` for one's
        own rights.
        """
        require_role(reader, Role.OPERATOR)
        given = asked.model_dump(exclude_unset=True, mode="json")
        suspended = given.pop("suspended", None)
        if suspended is not None:
            given["suspended_at"] = self._now() if suspended else None
        if "role" in given or "organisation" in given:
            given.setdefault("organisation", None)
            given["wanted_organisation"] = None
        async with self._database.transaction() as connection:
            before = await store.by_id(connection, person_id)
            if before is None:
                _raise_absent(person_id)
            if before.subject == reader.subject and given.keys() - {"name"}:
                raise ProblemError(
                    "conflict", reason="nobody changes the rights of the own account"
                )
            person = await store.change(connection, person_id, expected, **given)
            if person is None:
                raise ProblemError("stale_version", current=before.version)
            if suspended:
                await session_store.end_sessions_of(connection, person_id)
            for action in _audited(given):
                await note(connection, reader, action, person)
        return person

    async def prefer(self, person: Person, *, language: Language) -> None:
        """Keep the language a person reads in."""
        async with self._database.transaction() as connection:
            await store.change(connection, person.id, None, language=language)

    async def found_organisation(self, person: Person, organisation: str) -> Person:
        """Let a member without organisation speak for one that is not on the platform yet.

        Raises ProblemError `conflict` (already speaks for one) or `organisation_taken`.
        """
        _require_unbound(person)
        if await self._is_there(organisation):
            raise ProblemError("organisation_taken", organisation=organisation)
        async with self._database.transaction() as connection:
            # Two who found the same organisation at the same moment: the second finds it taken.
            lock = sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(organisation, 1))
            await connection.execute(sa.select(lock))
            if await store.speaks_for_count(connection, organisation):
                raise ProblemError("organisation_taken", organisation=organisation)
            rights = {"organisation": organisation, "wanted_organisation": None}
            changed = await store.change(connection, person.id, None, **rights) or person
            await note(connection, person.principal, "founded", changed)
            return changed

    async def ask_to_join(self, person: Person, organisation: str) -> Person:
        """Note that a member wants to speak for an organisation; a coordinator decides.

        Raises ProblemError `conflict` or `not_found`.
        """
        _require_unbound(person)
        if not await self._is_there(organisation):
            raise ProblemError("not_found", what="organisation", id=organisation)
        named = await self._named(organisation)
        async with self._database.transaction() as connection:
            wanted = {"wanted_organisation": organisation}
            changed = await store.change(connection, person.id, None, **wanted)
            if changed and person.wanted_organisation != organisation:
                await self._tell(connection, COORDINATORS, MessageKind.JOIN_ASKED, changed, named)
                await note(
                    connection, person.principal, "asked_to_join", changed, wanted=organisation
                )
            return changed or person

    async def answer_wish(
        self, person_id: UUID, organisation: str, reader: Principal, *, admit: bool
    ) -> Person:
        """Admit or refuse; `organisation` is what the coordinator has read, not a later wish.

        Raises ProblemError `role_required`, `not_found` or `conflict`.
        """
        require_role(reader, *_STAFF)
        rights: dict[str, object] = {"wanted_organisation": None}
        if admit:
            rights["organisation"] = organisation
        named = await self._named(organisation)
        async with self._database.transaction() as connection:
            person = await store.by_id(connection, person_id)
            if person is None:
                _raise_absent(person_id)
            if person.wanted_organisation != organisation:
                raise ProblemError("conflict", reason="the wish has changed; read it again")
            changed = await store.change(connection, person_id, person.version, **rights)
            if changed is None:
                raise ProblemError("conflict", reason="the wish has changed; read it again")
            kind = MessageKind.JOIN_ADMITTED if admit else MessageKind.JOIN_REFUSED
            await self._tell(connection, of_person(person.subject), kind, changed, named)
            action = "admitted" if admit else "refused"
            await note(connection, reader, action, changed, wanted=organisation)
        return changed

    async def of_organisation(self, organisation: str) -> tuple[Person, ...]:
        """Who speaks for an organisation, for messages to them; suspended people are left out."""
        which = PeopleFilter(role=Role.MEMBER, organisation=organisation)
        async with self._database.reading() as connection:
            found = await store.page(connection, which, limit=200, after=None)
        return tuple(person for person in found if person.suspended_at is None)

    async def coordinators(self) -> tuple[Person, ...]:
        """Who may be given a case."""
        async with self._database.reading() as connection:
            which = PeopleFilter(role=Role.COORDINATOR)
            found = await store.page(connection, which, limit=200, after=None)
        return tuple(person for person in found if person.suspended_at is None)

    async def named(self, subjects: Iterable[str]) -> dict[str, Person]:
        """Accounts by subject, to show names where the audit trail and assignments have ids."""
        async with self._database.reading() as connection:
            return await store.named(connection, frozenset(subjects))

    async def _tell(
        self,
        connection: AsyncConnection,
        recipient: str,
        kind: MessageKind,
        person: Person,
        named: NamedOrganisation,
    ) -> None:
        dedup = f"join:{person.id}:{person.version}:{kind.value}"
        note = Note(recipient, kind, dedup, About(organisation=named))
        await self._publishing.within(connection, [News(notes=(note,))])

    async def _named(self, organisation: str) -> NamedOrganisation:
        """As a message names it; without names where it cannot be read just now."""
        answer = await self._profiles.send("GET", f"/organisations/{organisation}")
        names = Names.model_validate(answer.json()["names"]) if answer.status_code == 200 else None
        return NamedOrganisation(id=organisation, names=names)

    async def _is_there(self, organisation: str) -> bool:
        """Withdrawn and erased ones count: their name is not free."""
        answer = await self._profiles.send("GET", f"/organisations/{organisation}")
        if answer.status_code in (200, 404, 410):
            return answer.status_code != 404
        raise ProblemError("not_ready", what="profiles")


def _audited(given: dict[str, object]) -> Iterator[str]:
    """What a change of an account is called in the trail; a name is nobody's right."""
    if "role" in given or "organisation" in given:
        yield "rights_changed"
    if "suspended_at" in given:
        yield "suspended" if given["suspended_at"] else "reinstated"


def _require_unbound(person: Person) -> None:
    if person.role is not Role.MEMBER or person.organisation is not None:
        raise ProblemError("conflict", reason="this account speaks for an organisation already")


def _raise_absent(person_id: UUID) -> NoReturn:
    raise ProblemError("not_found", what="account", id=str(person_id))
