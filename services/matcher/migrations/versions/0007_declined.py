"""Suggestions that a side has declined."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "declined_pair",
        sa.Column("organisation", sa.Text(collation="C"), primary_key=True),
        sa.Column("other", sa.Text(collation="C"), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.Column("reasons", ARRAY(sa.Text), nullable=False),
        sa.Column("text", sa.Text),
        sa.Column("stated", sa.Text),
        sa.Column("other_stated", sa.Text),
    )
    op.create_index("declined_pair_other", "declined_pair", ["other"])


def downgrade() -> None:
    op.drop_table("declined_pair")
