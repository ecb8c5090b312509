"""A member invites a colleague: an account that speaks for the same organisation."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from services.gateway.accounts import people_store as store
from services.gateway.accounts.account_audit import note
from services.gateway.accounts.entering import Entering, MadeLink
from shared.contracts.accounts import LoginLinkRequest, Person
from shared.contracts.principal import Role
from shared.db import Database
from shared.errors import ProblemError


class Inviting:
    """Only new accounts, and members who speak for nobody yet: an invitation takes no rights."""

    def __init__(self, database: Database, entering: Entering) -> None:
        self._database = database
        self._entering = entering

    async def invite(self, host: Person, email: str) -> MadeLink:
        """A one-time link for this address.

        Raises ProblemError `organisation_missing` or `invitation_refused`.
        """
        if host.role is not Role.MEMBER or host.organisation is None:
            raise ProblemError("organisation_missing")
        asked = LoginLinkRequest(email=email)
        async with self._database.transaction() as connection:
            guest = await store.by_email(connection, asked.email)
            if guest is not None:
                await self._bind(connection, guest, host)
        if guest is None:
            rights = {"role": Role.MEMBER, "organisation": host.organisation}
            asked = LoginLinkRequest.model_validate({"email": asked.email, **rights})
        return await self._entering.make_link(asked, host.principal)

    async def colleagues(self, organisation: str) -> list[Person]:
        """Who speaks for it, by e-mail."""
        which = store.PeopleFilter(role=Role.MEMBER, organisation=organisation)
        async with self._database.reading() as connection:
            return await store.page(connection, which, limit=200, after=None)

    async def _bind(self, connection: AsyncConnection, guest: Person, host: Person) -> UUID:
        to = host.organisation
        if guest.organisation == to:
            return guest.id
        free = guest.role is Role.MEMBER and guest.organisation is None
        if not free or guest.suspended_at is not None:
            raise ProblemError("invitation_refused")
        rights = {"organisation": to, "wanted_organisation": None}
        bound = await store.change(connection, guest.id, guest.version, **rights)
        if bound is None:
            raise ProblemError("invitation_refused")
        await note(connection, host.principal, "admitted", bound)
        return guest.id
