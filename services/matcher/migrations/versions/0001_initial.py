"""The matcher's first tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "embedding",
        sa.Column("model", sa.Text, primary_key=True),
        sa.Column("digest", sa.LargeBinary, primary_key=True),
        sa.Column("vector", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.Text(collation="C"), primary_key=True),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("snapshot", JSONB),
        sa.Column("exclusions", ARRAY(sa.Text), nullable=False, server_default="{}"),
        sa.Column("digests", ARRAY(sa.LargeBinary), nullable=False, server_default="{}"),
    )
    for column in ("exclusions", "digests"):
        op.create_index(f"organisation_{column}", "organisation", [column], postgresql_using="gin")
    op.create_table(
        "dead_letter",
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
    op.create_table(
        "index_state",
        sa.Column("id", sa.SmallInteger, sa.CheckConstraint("id = 1"), primary_key=True),
        sa.Column("collection", sa.Text, nullable=False),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("statistics_version", sa.BigInteger, nullable=False),
        sa.Column("indexed_at", sa.DateTime(timezone=True)),
    )
    op.create_table(
        "statistics",
        sa.Column("version", sa.BigInteger, sa.Identity(start=1), primary_key=True),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("statistics", JSONB, nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()
        ),
    )


def downgrade() -> None:
    for table in ("statistics", "index_state", "dead_letter", "organisation", "embedding"):
        op.drop_table(table)
