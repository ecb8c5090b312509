"""Coming in: one-time links, registration, and accounts that a provider vouches for."""

import secrets as random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncConnection

from services.gateway.accounts import people_store, session_store
from services.gateway.accounts import secret as secrets
from services.gateway.accounts.account_audit import PLATFORM, note
from services.gateway.accounts.sessions import Session, Sessions
from services.gateway.identity.claims import ClaimedRights
from shared.contracts.accounts import LoginLinkRequest, Person
from shared.contracts.organisation import Language
from shared.contracts.principal import Principal, Role
from shared.db import Database
from shared.errors import ProblemError

LINK_LIFETIME = timedelta(minutes=15)


@dataclass(frozen=True)
class MadeLink:
    """A link's secret, whose it is, and how long it works."""

    secret: str
    person: Person
    expires_at: datetime
    is_new_account: bool


def _now() -> datetime:
    return datetime.now(UTC)


class Entering:
    """The use cases."""

    def __init__(
        self, database: Database, sessions: Sessions, now: Callable[[], datetime] = _now
    ) -> None:
        self._database = database
        self._sessions = sessions
        self._now = now

    async def make_link(self, request: LoginLinkRequest, by: Principal = PLATFORM) -> MadeLink:
        """A link for an operator to hand on; makes the account, or gives it the named rights.

        Raises ProblemError `account_suspended`.
        """
        async with self._database.transaction() as connection:
            person = await people_store.by_email(connection, request.email)
            is_new = person is None
            if person is None:
                person = await self._new(connection, request)
                await note(connection, by, "account_made", person)
            elif request.role is not None:
                person = await self._with_rights(connection, person, request)
                await note(connection, by, "rights_changed", person)
            return await self._link(connection, person, is_new=is_new)

    async def ask(self, email: str, language: Language, *, may_register: bool) -> MadeLink | None:
        """A link for whoever asks at the login page; None where there is nobody to give it to.

        A new account is a member's, without an organisation yet. The caller shows the link of an
        account that was there before to nobody: it goes to its mailbox.
        """
        async with self._database.transaction() as connection:
            person = await people_store.by_email(connection, email)
            if person is not None:
                if person.suspended_at is not None:
                    return None
                return await self._link(connection, person, is_new=False)
            if not may_register:
                return None
            fresh = await self._new(connection, LoginLinkRequest(email=email), language)
            await note(connection, fresh.principal, "registered", fresh)
            return await self._link(connection, fresh, is_new=True)

    async def enter(self, link: str, *, previous: str | None, agent: str) -> Session:
        """Use a link up. Raises ProblemError `link_invalid` or `account_suspended`."""
        async with self._database.transaction() as connection:
            used = await session_store.use_link(connection, secrets.digest(link), self._now())
            person = await people_store.by_id(connection, used) if used else None
            if person is None:
                raise ProblemError("link_invalid", minutes=int(LINK_LIFETIME.total_seconds() // 60))
            return await self._open(connection, person, previous, agent)

    async def enter_as(
        self,
        claimed: ClaimedRights,
        email: str,
        name: str,
        *,
        may_register: bool,
        previous: str | None,
        agent: str,
    ) -> Session:
        """Let in whom the identity provider vouches for, with the rights that it claims. Rights
        that were given here stay where it claims none; without any a newcomer is a member who has
        still to find an organisation.

        Raises ProblemError `account_conflict`, `account_suspended`, or `login_failed` for
        newcomers without a role where nobody may register.
        """
        async with self._database.transaction() as connection:
            person = await people_store.by_subject(connection, claimed.subject)
            if person is None:
                person = self._newcomer(claimed, email, name, may_register=may_register)
                if not await people_store.add(connection, person):
                    raise ProblemError("account_conflict")
                await note(connection, PLATFORM, "vouched_for", person)
            elif rights := _changed_by(claimed, person):
                changed = await people_store.change(connection, person.id, None, **rights)
                person = changed or person
                await note(connection, PLATFORM, "rights_claimed", person)
            return await self._open(connection, person, previous, agent)

    def _newcomer(
        self, claimed: ClaimedRights, email: str, name: str, *, may_register: bool
    ) -> Person:
        if claimed.role is None and not may_register:
            reason = "your account has no role on this platform; ask its operator"
            raise ProblemError("login_failed", reason=reason)
        rights = Principal(
            subject=claimed.subject,
            role=claimed.role or Role.MEMBER,
            organisation=claimed.organisation,
        )
        return _person(self._now(), rights, email, name)

    async def _open(
        self, connection: AsyncConnection, person: Person, previous: str | None, agent: str
    ) -> Session:
        if person.suspended_at is not None:
            raise ProblemError("account_suspended")
        await people_store.note_login(connection, person.id, self._now())
        return await self._sessions.open(connection, person, previous=previous, agent=agent)

    async def _new(
        self,
        connection: AsyncConnection,
        request: LoginLinkRequest,
        language: Language | None = None,
    ) -> Person:
        subject = f"p-{random.token_hex(8)}"
        rights = Principal(
            subject=subject, role=request.role or Role.MEMBER, organisation=request.organisation
        )
        name = request.name or request.email.partition("@")[0]
        person = _person(self._now(), rights, request.email, name, language)
        if not await people_store.add(connection, person):
            raise ProblemError("account_conflict")
        return person

    async def _with_rights(
        self, connection: AsyncConnection, person: Person, request: LoginLinkRequest
    ) -> Person:
        assert request.role is not None
        wanted = {"role": request.role.value, "organisation": request.organisation}
        if request.name:
            wanted["name"] = request.name
        return await people_store.change(connection, person.id, None, **wanted) or person

    async def _link(self, connection: AsyncConnection, person: Person, *, is_new: bool) -> MadeLink:
        if person.suspended_at is not None:
            raise ProblemError("account_suspended")
        now, fresh = self._now(), secrets.generate()
        expires_at = now + LINK_LIFETIME
        digest = secrets.digest(fresh)
        await session_store.add_link(connection, digest, person.id, now, expires_at)
        return MadeLink(fresh, person, expires_at, is_new)


def _changed_by(claimed: ClaimedRights, person: Person) -> dict[str, object]:
    """What the claims change of an account; empty where nothing."""
    role = claimed.role or person.role
    organisation = (claimed.organisation or person.organisation) if role is Role.MEMBER else None
    if (role, organisation) == (person.role, person.organisation):
        return {}
    return {"role": role.value, "organisation": organisation, "wanted_organisation": None}


def _person(
    moment: datetime, rights: Principal, email: str, name: str, language: Language | None = None
) -> Person:
    return Person(
        id=uuid4(),
        subject=rights.subject,
        email=email,
        name=name,
        role=rights.role,
        organisation=rights.organisation,
        language=language,
        created_at=moment,
    )
