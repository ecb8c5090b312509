"""Tables of published calls and their seats."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

_TAKEN = "state in ('suggested', 'requested', 'invited', 'accepted')"


@dataclass(frozen=True)
class CallTables:
    """One metadata's tables."""

    call: sa.Table
    seat: sa.Table


def call_tables(metadata: sa.MetaData) -> CallTables:
    """Declare them, to be made by the service's migrations."""
    return CallTables(_call(metadata), _seat(metadata))


def _call(metadata: sa.MetaData) -> sa.Table:
    """`content` is the truth; title, kind, reference and deadline follow from it."""
    return sa.Table(
        "call",
        metadata,
        sa.Column("id", sa.Text(collation="C"), primary_key=True),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("publisher", sa.Text(collation="C")),
        sa.Column("content", JSONB, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("audience", sa.Text, nullable=False),
        sa.Column("reference", sa.Text),
        sa.Column("deadline", sa.Date),
        sa.Column("requirements", sa.Integer, nullable=False),
        sa.Column("created_by", sa.Text, nullable=False),
        _moment("created_at"),
        _moment("updated_at"),
        sa.Column("published_at", sa.DateTime(timezone=True)),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("remark", sa.Text),
        sa.Column("request_key", sa.Text),
        sa.Column("request_digest", sa.LargeBinary),
        sa.UniqueConstraint("created_by", "request_key", name="call_request"),
        sa.Index("call_changed", "updated_at", "id"),
        sa.Index("call_publisher", "publisher"),
        sa.Index("call_reference", "reference"),
    )


def _seat(metadata: sa.MetaData) -> sa.Table:
    """An organisation has one seat at a time in a call."""
    table = sa.Table(
        "call_seat",
        metadata,
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column(
            "call",
            sa.Text(collation="C"),
            sa.ForeignKey("call.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("organisation", sa.Text(collation="C"), nullable=False),
        sa.Column("requirements", ARRAY(sa.Text), nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("message", sa.Text),
        sa.Column("reasons", ARRAY(sa.Text), nullable=False, server_default="{}"),
        sa.Column("remark", sa.Text),
        sa.Column("replaces", sa.BigInteger),
        sa.Column("answer_by", sa.DateTime(timezone=True)),
        _moment("changed_at"),
        sa.Column("changed_by", sa.Text, nullable=False),
        sa.Column("vacant", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("told", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("request_key", sa.Text),
        sa.Column("request_digest", sa.LargeBinary),
    )
    sa.Index(
        "call_seat_taken",
        table.c.call,
        table.c.organisation,
        unique=True,
        postgresql_where=sa.text(_TAKEN),
    )
    sa.Index("call_seat_request", table.c.call, table.c.request_key)
    sa.Index("call_seat_organisation", table.c.organisation, table.c.changed_at)
    sa.Index("call_seat_vacant", table.c.call, postgresql_where=sa.text("vacant"))
    return table


def _moment(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)
