"""All places of an explored window, not only those that chance has filled."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in (
        sa.Column("explored", sa.Boolean, nullable=False, server_default=sa.true()),
        sa.Column("chance", sa.Float),
        sa.Column("by_hand_set", sa.Boolean),
    ):
        op.add_column("explored_place", column)


def downgrade() -> None:
    # What chance has left alone was not kept before, and would be taken for explored.
    op.execute("delete from explored_place where not explored")
    for name in ("by_hand_set", "chance", "explored"):
        op.drop_column("explored_place", name)
