"""What is asked about the rows of organisations; made once, as every answer needs them."""

from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY


def xmin(table: sa.Table) -> sa.ColumnElement[str]:
    """The transaction that wrote the row: another one with every write."""
    return sa.cast(sa.literal_column(f"{table.name}.xmin"), sa.Text).label("xmin")


@cache
def stamps(table: sa.Table) -> sa.Select[Any]:
    """Of the active ones of `ids`; made once, which is half of what asking costs here."""
    columns = table.c
    among = columns.id == sa.any_(sa.bindparam("ids", type_=ARRAY(sa.Text)))
    return sa.select(columns.id, columns.version, xmin(table)).where(
        among, columns.snapshot.is_not(None)
    )


@cache
def state(table: sa.Table) -> sa.Select[Any]:
    """Of `one`, without its snapshot."""
    columns = table.c
    active = columns.snapshot.is_not(None).label("active")
    return sa.select(
        columns.id, columns.version, xmin(table), columns.status, columns.digests, active
    ).where(columns.id == sa.bindparam("one", type_=sa.Text))


@cache
def excluding(table: sa.Table) -> sa.Select[str]:
    """Ids of those that exclude `excluded`."""
    excluded = sa.bindparam("excluded", type_=table.c.exclusions.type)
    return sa.select(table.c.id).where(table.c.exclusions.contains(excluded))


@cache
def stamps_and_held(table: sa.Table, hold: sa.Table) -> sa.Select[Any]:
    """With what screening holds of each."""
    return stamps(table).add_columns(held(hold, table))


@cache
def stamps_and_snapshots(table: sa.Table) -> sa.Select[Any]:
    """With what is stored of each."""
    return stamps(table).add_columns(table.c.snapshot, table.c.updated_at)


def held(hold: sa.Table, organisation: sa.Table) -> sa.ColumnElement[list[str]]:
    """Ids of the organisation's statements that screening holds; null where there are none."""
    statements = sa.select(sa.func.array_agg(hold.c.statement)).where(
        hold.c.organisation == organisation.c.id, hold.c.statement != ""
    )
    return statements.correlate(organisation).scalar_subquery().label("held")
