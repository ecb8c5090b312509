"""Who is told by e-mail: accounts with what they chose, and programs that have left an address."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from services.gateway.accounts.tables import people
from services.gateway.messages.owners import of_organisation, of_person, of_role
from services.gateway.messages.tables import notification_settings as settings
from shared.contracts.messages import NotificationChoices
from shared.contracts.organisation import Language
from shared.contracts.principal import Role


@dataclass(frozen=True)
class Subscriber:
    """One person or program."""

    subject: str
    role: Role
    organisation: str | None
    emails: tuple[str, ...]
    language: Language
    choices: NotificationChoices

    @property
    def addresses(self) -> frozenset[str]:
        """The inboxes that this one reads."""
        if self.role is Role.MEMBER:
            shared = {of_organisation(self.organisation)} if self.organisation else set()
        else:
            shared = {of_role(self.role.value)}
        return frozenset(shared | {of_person(self.subject)})


async def readers_of(connection: AsyncConnection, recipients: Sequence[str]) -> list[Subscriber]:
    """All with an e-mail address who read one of these inboxes."""
    found = [
        *await connection.execute(_accounts().where(_reads(people, recipients))),
        *await connection.execute(_programs().where(_reads(settings, recipients))),
    ]
    return [one for one in map(_subscriber, found) if one.emails]


async def everybody(connection: AsyncConnection) -> list[Subscriber]:
    """All with an e-mail address."""
    found = [*await connection.execute(_accounts()), *await connection.execute(_programs())]
    return [one for one in map(_subscriber, found) if one.emails]


def _accounts() -> sa.Select[Any]:
    joined = people.outerjoin(settings, settings.c.subject == people.c.subject)
    columns = (people.c.subject, people.c.role, people.c.organisation, people.c.email)
    query = sa.select(*columns, people.c.language, settings.c.choices).select_from(joined)
    return query.where(people.c.suspended_at.is_(None))


def _programs() -> sa.Select[Any]:
    """Whoever chose without having an account: rights of accounts are kept there."""
    columns = (settings.c.subject, settings.c.role, settings.c.organisation, settings.c.choices)
    nothing = (sa.null().label("email"), sa.null().label("language"))
    account = sa.exists().where(people.c.subject == settings.c.subject)
    return sa.select(*columns, *nothing).where(~account)


def _reads(table: sa.Table, recipients: Sequence[str]) -> sa.ColumnElement[bool]:
    by_kind: dict[str, list[str]] = {"organisation": [], "role": [], "person": []}
    for recipient in recipients:
        kind, _, name = recipient.partition(":")
        by_kind[kind].append(name)
    of_one = (table.c.role == Role.MEMBER.value) & table.c.organisation.in_(by_kind["organisation"])
    return sa.or_(of_one, table.c.role.in_(by_kind["role"]), table.c.subject.in_(by_kind["person"]))


def _subscriber(row: Any) -> Subscriber:
    language: Language = "en" if row.language == "en" else "zh"
    chosen = row.choices and NotificationChoices.model_validate(row.choices)
    choices = chosen or NotificationChoices(language=language)
    return Subscriber(
        subject=row.subject,
        role=Role(row.role),
        organisation=row.organisation,
        emails=choices.emails or ((row.email,) if row.email else ()),
        language=choices.language,
        choices=choices,
    )
