"""The tables behind decisions and what is learned from them. Rows are added, never changed."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB


@dataclass(frozen=True)
class LearningTables:
    """One metadata's tables."""

    record: sa.Table
    shown: sa.Table
    run: sa.Table
    activation: sa.Table


def learning_tables(metadata: sa.MetaData) -> LearningTables:
    """Declare the tables, to be made by the service's migrations."""
    return LearningTables(
        _record(metadata), _shown(metadata), _run(metadata), _activation(metadata)
    )


def _record(metadata: sa.MetaData) -> sa.Table:
    """What was said of a pair. Of one `slot` the last row counts."""
    return sa.Table(
        "pair_record",
        metadata,
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("slot", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("organisation", sa.Text(collation="C"), nullable=False),
        sa.Column("partner", sa.Text(collation="C"), nullable=False),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("reasons", ARRAY(sa.Text), nullable=False),
        sa.Column("text", sa.Text),
        sa.Column("said_by", sa.Text, nullable=False),
        _moment("said_at"),
        sa.Column("request_key", sa.Text),
        sa.Column("snapshot", JSONB(none_as_null=True)),
        sa.UniqueConstraint("said_by", "request_key", name="pair_record_request"),
        sa.Index("pair_record_slot", "slot", "id"),
        sa.Index("pair_record_organisation", "organisation"),
        sa.Index("pair_record_partner", "partner"),
    )


def _shown(metadata: sa.MetaData) -> sa.Table:
    """Places that chance may fill, as they were shown, once a day."""
    return sa.Table(
        "explored_place",
        metadata,
        sa.Column("organisation", sa.Text(collation="C"), primary_key=True),
        sa.Column("partner", sa.Text(collation="C"), primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("rank", sa.Integer, nullable=False),
        sa.Column("propensity", sa.Float, nullable=False),
        sa.Column("ranking_version", sa.Text, nullable=False),
        sa.Column("explored", sa.Boolean, nullable=False, server_default=sa.true()),
        sa.Column("chance", sa.Float),
        sa.Column("by_hand_set", sa.Boolean),
        sa.Index("explored_place_partner", "partner"),
    )


def _run(metadata: sa.MetaData) -> sa.Table:
    """Learning runs; `ranking` is what was learned, None where there was too little."""
    return sa.Table(
        "learning_run",
        metadata,
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("started_by", sa.Text, nullable=False),
        _moment("created_at"),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("statistics_version", sa.BigInteger, nullable=False),
        sa.Column("edition", sa.Text, nullable=False),
        sa.Column("accepted", sa.Boolean, nullable=False),
        sa.Column("ranking", JSONB(none_as_null=True)),
        sa.Column("report", JSONB, nullable=False),
    )


def _activation(metadata: sa.MetaData) -> sa.Table:
    """Which run's ranking answers: the last row; 0 stands for the hand-set one."""
    return sa.Table(
        "ranking_activation",
        metadata,
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("run", sa.BigInteger, nullable=False),
        sa.Column("activated_by", sa.Text, nullable=False),
        _moment("activated_at"),
    )


def _moment(name: str) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now())
