"""The tables behind the use cases."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from services.matcher.storage.call_tables import CallTables, call_tables
from services.matcher.storage.constraint_tables import ConstraintTables, constraint_tables
from services.matcher.storage.insights.tables import InsightTables, insight_tables
from services.matcher.storage.learning_tables import LearningTables, learning_tables
from services.matcher.storage.match_tables import MatchTables, match_tables
from services.matcher.storage.rematch_tables import RematchTables, rematch_tables
from shared.outbox import outbox_table


@dataclass(frozen=True)
class MatcherTables:
    """One metadata's tables."""

    organisation: sa.Table
    dead_letter: sa.Table
    index_state: sa.Table
    index_rebuild: sa.Table
    statistics: sa.Table
    constraints: ConstraintTables
    learning: LearningTables
    matches: MatchTables
    outbox: sa.Table
    calls: CallTables
    insights: InsightTables
    rematch: RematchTables


def matcher_tables(metadata: sa.MetaData) -> MatcherTables:
    """Declare the tables, to be made by the service's migrations."""
    return MatcherTables(
        organisation=_organisation(metadata),
        dead_letter=_dead_letter(metadata),
        index_state=_index_state(metadata),
        index_rebuild=_index_rebuild(metadata),
        statistics=_statistics(metadata),
        constraints=constraint_tables(metadata),
        learning=learning_tables(metadata),
        matches=match_tables(metadata),
        outbox=outbox_table(metadata),
        calls=call_tables(metadata),
        insights=insight_tables(metadata),
        rematch=rematch_tables(metadata),
    )


def _organisation(metadata: sa.MetaData) -> sa.Table:
    """Snapshots; a withdrawn or erased organisation keeps only id, version and status. `card` is
    what lists show of it: reading a name out of a snapshot means reading all of it."""
    return sa.Table(
        "organisation",
        metadata,
        sa.Column("id", sa.Text(collation="C"), primary_key=True),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("snapshot", JSONB),
        sa.Column("exclusions", ARRAY(sa.Text), nullable=False, server_default="{}"),
        sa.Column("digests", ARRAY(sa.LargeBinary), nullable=False, server_default="{}"),
        sa.Column("updated_at", sa.DateTime(timezone=True)),
        sa.Column("capacity", sa.Integer),
        sa.Column("card", JSONB),
        sa.Index("organisation_exclusions", "exclusions", postgresql_using="gin"),
        sa.Index("organisation_digests", "digests", postgresql_using="gin"),
        sa.Index("organisation_updated_at", "updated_at"),
        sa.Index("organisation_without_capacity", "id", postgresql_where=sa.text("capacity = 0")),
    )


def _dead_letter(metadata: sa.MetaData) -> sa.Table:
    """`fingerprint` is the message's digest: delivered twice, it is kept once."""
    return sa.Table(
        "dead_letter",
        metadata,
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("fingerprint", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("organisation_id", sa.Text),
        sa.Column("version", sa.BigInteger),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("deliveries", sa.Integer, nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()
        ),
        sa.Column("replayed_at", sa.DateTime(timezone=True)),
    )


def _index_state(metadata: sa.MetaData) -> sa.Table:
    """One row: which collection is live, and since when its files hold something erased."""
    return sa.Table(
        "index_state",
        metadata,
        sa.Column("id", sa.SmallInteger, sa.CheckConstraint("id = 1"), primary_key=True),
        sa.Column("collection", sa.Text, nullable=False),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("statistics_version", sa.BigInteger, nullable=False),
        sa.Column("indexed_at", sa.DateTime(timezone=True)),
        sa.Column("erased_at", sa.DateTime(timezone=True)),
    )


def _index_rebuild(metadata: sa.MetaData) -> sa.Table:
    """At most one row: which process builds another collection."""
    return sa.Table(
        "index_rebuild",
        metadata,
        sa.Column("id", sa.SmallInteger, sa.CheckConstraint("id = 1"), primary_key=True),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
    )


def _statistics(metadata: sa.MetaData) -> sa.Table:
    """Language statistics fitted on the platform's own vectors; version 0 is the shipped one."""
    return sa.Table(
        "statistics",
        metadata,
        sa.Column("version", sa.BigInteger, sa.Identity(start=1), primary_key=True),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("statistics", JSONB, nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()
        ),
    )
