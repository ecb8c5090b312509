"""How a person or program wants to be told."""

from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from services.gateway.messages.owners import addresses
from services.gateway.messages.publishing import utc_now
from services.gateway.messages.tables import notification_settings as settings
from shared.contracts.messages import Category, NotificationChoices, NotificationSettings
from shared.contracts.principal import Principal
from shared.db import Database

_c = settings.c


class Preferences:
    """The use cases; each raises ProblemError("role_required") for programs without an inbox."""

    def __init__(
        self, database: Database, *, mail_is_sent: bool, now: Callable[[], datetime] = utc_now
    ) -> None:
        self._database = database
        self._mail_is_sent = mail_is_sent
        self._now = now

    async def of(self, reader: Principal) -> NotificationSettings:
        """What holds for the reader; the standard where nothing was chosen."""
        addresses(reader)
        query = sa.select(_c.choices, _c.updated_at).where(_c.subject == reader.subject)
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).one_or_none()
        if row is None:
            return self._shown(NotificationChoices(), None)
        return self._shown(NotificationChoices.model_validate(row.choices), row.updated_at)

    async def choose(self, choices: NotificationChoices, reader: Principal) -> NotificationSettings:
        """Replace what was chosen before."""
        addresses(reader)
        moment = self._now()
        values = {
            "role": reader.role.value,
            "organisation": reader.organisation,
            "choices": choices.model_dump(mode="json"),
            "updated_at": moment,
        }
        statement = insert(settings).values(subject=reader.subject, **values)
        statement = statement.on_conflict_do_update(index_elements=["subject"], set_=values)
        async with self._database.transaction() as connection:
            await connection.execute(statement)
        return self._shown(choices, moment)

    def _shown(
        self, choices: NotificationChoices, updated_at: datetime | None
    ) -> NotificationSettings:
        every = {category: choices.delivery_of(category) for category in Category}
        return NotificationSettings(
            emails=choices.emails,
            language=choices.language,
            delivery=every,
            digest=choices.digest,
            mail_is_sent=self._mail_is_sent,
            updated_at=updated_at,
        )
