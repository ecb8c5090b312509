"""Narrow tables that insights count in: the snapshots are too large to be read each time."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY


@dataclass(frozen=True)
class InsightTables:
    """One metadata's tables."""

    organisation: sa.Table
    statement: sa.Table
    collaboration: sa.Table


def insight_tables(metadata: sa.MetaData) -> InsightTables:
    """Declare them, to be made by the service's migrations."""
    return InsightTables(
        organisation=sa.Table(
            "insight_organisation",
            metadata,
            _id("id"),
            sa.Column("version", sa.BigInteger, nullable=False),
        ),
        statement=_statement(metadata),
        collaboration=sa.Table(
            "insight_collaboration",
            metadata,
            _id("first"),
            _id("second"),
            _id("stated_by"),
            sa.Column("count", sa.Integer, nullable=False),
        ),
    )


def _statement(metadata: sa.MetaData) -> sa.Table:
    """`best` is the score of what comes nearest to answering a need; null until looked at."""
    table = sa.Table(
        "insight_statement",
        metadata,
        _id("organisation"),
        sa.Column("side", sa.Text, primary_key=True),
        _id("statement"),
        sa.Column("region", sa.Text, nullable=False),
        sa.Column("fields", ARRAY(sa.Text), nullable=False),
        sa.Column("tops", ARRAY(sa.Text), nullable=False),
        sa.Column("must_have", sa.Boolean, nullable=False),
        sa.Column("best", sa.Float),
        sa.Column("seen_at", sa.DateTime(timezone=True)),
    )
    sa.Index(
        "insight_statement_seen",
        table.c.seen_at.asc().nulls_first(),
        postgresql_where=sa.text("side = 'need'"),
    )
    return table


def _id(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(collation="C"), primary_key=True)
