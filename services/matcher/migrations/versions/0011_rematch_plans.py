"""What rematch jobs compute with is fixed at their start, and rebuilds are known everywhere."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rematch_plan",
        sa.Column("job", sa.Text, primary_key=True),
        sa.Column("plan", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "rematch_kept",
        sa.Column("organisation", sa.Text(collation="C"), primary_key=True),
        sa.Column("version", sa.BigInteger, primary_key=True),
        sa.Column("snapshot", JSONB, nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True)),
    )
    op.add_column(
        "rematch_partition",
        sa.Column("stage", sa.SmallInteger, nullable=False, server_default="1"),
    )
    op.add_column("rematch_partition", sa.Column("pair", ARRAY(sa.Integer)))
    op.add_column("rematch_partition", sa.Column("product", sa.Text))
    op.add_column("rematch_staged", sa.Column("evidence", sa.LargeBinary))
    op.create_table(
        "index_rebuild",
        sa.Column("id", sa.SmallInteger, sa.CheckConstraint("id = 1"), primary_key=True),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("index_rebuild")
    op.drop_column("rematch_staged", "evidence")
    for column in ("product", "pair", "stage"):
        op.drop_column("rematch_partition", column)
    op.drop_table("rematch_kept")
    op.drop_table("rematch_plan")
