"""What lists show of an organisation, kept beside its snapshot."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection

from services.matcher.domain.cards import OrganisationCard
from services.matcher.domain.statements import MatchedOrganisation
from services.matcher.storage.stated import fingerprint
from shared.contracts.organisation import Visibility


def card_of(organisation: MatchedOrganisation) -> dict[str, Any]:
    """Names, place and fields; `topics` has those of statements that all members may read."""
    open_fields = {
        field
        for statement in organisation.statements
        if statement.visibility is Visibility.MEMBERS
        for field in statement.fields
    }
    return {
        "kind": organisation.kind,
        "names": organisation.names,
        "country": organisation.country,
        "province": organisation.province,
        "city_name": organisation.city_name,
        "fields": list(organisation.fields),
        "topics": sorted(open_fields.union(organisation.fields)),
    }


class OrganisationCards:
    """Reads within the caller's transaction."""

    def __init__(self, table: sa.Table, connection: AsyncConnection) -> None:
        self._table = table
        self._connection = connection

    async def of(self, ids: Sequence[str]) -> dict[str, OrganisationCard]:
        """Those of the ids that were ever taken in."""
        columns = self._table.c
        query = sa.select(columns.id, columns.version, columns.capacity, columns.card).where(
            columns.id == sa.any_(sa.cast(list(ids), ARRAY(sa.Text))), columns.version > 0
        )
        return {row.id: _card(row) for row in await self._connection.execute(query)}

    async def stated(self, ids: Sequence[str]) -> dict[str, str]:
        """A fingerprint of all that each of them states; of unknown ones none."""
        columns = self._table.c
        query = sa.select(columns.id, fingerprint(self._table).label("stated")).where(
            columns.id == sa.any_(sa.cast(list(ids), ARRAY(sa.Text)))
        )
        return {row.id: row.stated for row in await self._connection.execute(query)}


def _card(row: Any) -> OrganisationCard:
    card = row.card or {}
    return OrganisationCard(
        id=row.id,
        version=row.version,
        active=row.card is not None,
        names=card.get("names") or {},
        kind=card.get("kind"),
        country=card.get("country"),
        province=card.get("province"),
        city_name=card.get("city_name"),
        fields=tuple(card.get("fields") or ()),
        capacity=row.capacity or 0,
    )
