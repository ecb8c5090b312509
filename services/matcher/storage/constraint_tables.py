"""The tables behind the constraints. A pair's two ids are in bytewise order."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY


@dataclass(frozen=True)
class ConstraintTables:
    """One metadata's tables."""

    pair: sa.Table
    introduction: sa.Table
    hold: sa.Table
    declined: sa.Table


def constraint_tables(metadata: sa.MetaData) -> ConstraintTables:
    """Declare the tables, to be made by the service's migrations."""
    return ConstraintTables(
        _pair(metadata), _introduction(metadata), _hold(metadata), _declined(metadata)
    )


def _pair(metadata: sa.MetaData) -> sa.Table:
    """What coordinators have said of two organisations."""
    return sa.Table(
        "pair_constraint",
        metadata,
        sa.Column("first", sa.Text(collation="C"), primary_key=True),
        sa.Column("second", sa.Text(collation="C"), primary_key=True),
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("reason", sa.Text),
        sa.Column("until", sa.Date),
        sa.Column("set_by", sa.Text, nullable=False),
        _moment("set_at"),
        sa.CheckConstraint("first < second", name="pair_constraint_unordered"),
        sa.Index("pair_constraint_second", "second"),
    )


def _introduction(metadata: sa.MetaData) -> sa.Table:
    """Introductions; those that are not closed count against both sides' capacity."""
    return sa.Table(
        "introduction",
        metadata,
        sa.Column("first", sa.Text(collation="C"), primary_key=True),
        sa.Column("second", sa.Text(collation="C"), primary_key=True),
        _moment("opened_at"),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint("first < second", name="introduction_unordered"),
    )


def _hold(metadata: sa.MetaData) -> sa.Table:
    """What screening holds back; an empty statement id stands for the whole organisation."""
    return sa.Table(
        "policy_hold",
        metadata,
        sa.Column("organisation", sa.Text(collation="C"), primary_key=True),
        sa.Column("statement", sa.Text, primary_key=True, server_default=""),
        sa.Column("rule", sa.Text, nullable=False),
        _moment("held_at"),
    )


def _declined(metadata: sa.MetaData) -> sa.Table:
    """Suggestions that an organisation has declined, with fingerprints of what both stated."""
    return sa.Table(
        "declined_pair",
        metadata,
        sa.Column("organisation", sa.Text(collation="C"), primary_key=True),
        sa.Column("other", sa.Text(collation="C"), primary_key=True),
        _moment("at"),
        sa.Column("reasons", ARRAY(sa.Text), nullable=False),
        sa.Column("text", sa.Text),
        sa.Column("stated", sa.Text),
        sa.Column("other_stated", sa.Text),
        sa.Index("declined_pair_other", "other"),
    )


def _moment(name: str) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now())
