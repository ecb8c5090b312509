"""Published calls and their teams."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def _moment(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def upgrade() -> None:
    op.create_table(
        "call",
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
    )
    op.create_index("call_changed", "call", ["updated_at", "id"])
    op.create_index("call_publisher", "call", ["publisher"])
    op.create_index("call_reference", "call", ["reference"])
    op.create_table(
        "call_seat",
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
    op.create_index(
        "call_seat_taken",
        "call_seat",
        ["call", "organisation"],
        unique=True,
        postgresql_where=sa.text("state in ('suggested', 'requested', 'invited', 'accepted')"),
    )
    op.create_index("call_seat_request", "call_seat", ["call", "request_key"])
    op.create_index("call_seat_organisation", "call_seat", ["organisation", "changed_at"])
    op.create_index("call_seat_vacant", "call_seat", ["call"], postgresql_where=sa.text("vacant"))
    # What insights count: reading it out of the snapshots would mean reading all of them.
    op.create_table(
        "insight_organisation",
        sa.Column("id", sa.Text(collation="C"), primary_key=True),
        sa.Column("version", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "insight_statement",
        sa.Column("organisation", sa.Text(collation="C"), primary_key=True),
        sa.Column("side", sa.Text, primary_key=True),
        sa.Column("statement", sa.Text(collation="C"), primary_key=True),
        sa.Column("region", sa.Text, nullable=False),
        sa.Column("fields", ARRAY(sa.Text), nullable=False),
        sa.Column("tops", ARRAY(sa.Text), nullable=False),
        sa.Column("must_have", sa.Boolean, nullable=False),
        sa.Column("best", sa.Float),
        sa.Column("seen_at", sa.DateTime(timezone=True)),
    )
    op.create_index(
        "insight_statement_seen",
        "insight_statement",
        [sa.text("seen_at nulls first")],
        postgresql_where=sa.text("side = 'need'"),
    )
    op.create_table(
        "insight_collaboration",
        sa.Column("first", sa.Text(collation="C"), primary_key=True),
        sa.Column("second", sa.Text(collation="C"), primary_key=True),
        sa.Column("stated_by", sa.Text(collation="C"), primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
    )


_TABLES = (
    *("insight_collaboration", "insight_statement", "insight_organisation"),
    *("call_seat", "call"),
)


def downgrade() -> None:
    for table in _TABLES:
        op.drop_table(table)
