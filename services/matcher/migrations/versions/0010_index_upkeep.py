"""When the index last took in an erasure."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("index_state", sa.Column("erased_at", sa.DateTime(timezone=True)))
    # What was erased before is not known: the first collection made after this upgrade is clean.
    op.execute("update index_state set erased_at = now()")


def downgrade() -> None:
    op.drop_column("index_state", "erased_at")
