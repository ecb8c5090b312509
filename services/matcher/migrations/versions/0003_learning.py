"""What people decide about suggestions, and what is learned from it."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def _moment(name: str) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now())


def upgrade() -> None:
    op.create_table(
        "pair_record",
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
    )
    op.create_index("pair_record_slot", "pair_record", ["slot", "id"])
    op.create_index("pair_record_organisation", "pair_record", ["organisation"])
    op.create_index("pair_record_partner", "pair_record", ["partner"])
    op.create_table(
        "explored_place",
        sa.Column("organisation", sa.Text(collation="C"), primary_key=True),
        sa.Column("partner", sa.Text(collation="C"), primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("rank", sa.Integer, nullable=False),
        sa.Column("propensity", sa.Float, nullable=False),
        sa.Column("ranking_version", sa.Text, nullable=False),
    )
    op.create_index("explored_place_partner", "explored_place", ["partner"])
    op.create_table(
        "learning_run",
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
    op.create_table(
        "ranking_activation",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("run", sa.BigInteger, nullable=False),
        sa.Column("activated_by", sa.Text, nullable=False),
        _moment("activated_at"),
    )


def downgrade() -> None:
    for table in ("ranking_activation", "learning_run", "explored_place", "pair_record"):
        op.drop_table(table)
