"""Who is not suggested to whom, and what is counted for it."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_NOW = sa.func.now()


def upgrade() -> None:
    _organisation()
    op.create_table(
        "pair_constraint",
        sa.Column("first", sa.Text(collation="C"), primary_key=True),
        sa.Column("second", sa.Text(collation="C"), primary_key=True),
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("reason", sa.Text),
        sa.Column("until", sa.Date),
        sa.Column("set_by", sa.Text, nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False, server_default=_NOW),
        sa.CheckConstraint("first < second", name="pair_constraint_unordered"),
    )
    op.create_index("pair_constraint_second", "pair_constraint", ["second"])
    op.create_table(
        "introduction",
        sa.Column("first", sa.Text(collation="C"), primary_key=True),
        sa.Column("second", sa.Text(collation="C"), primary_key=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False, server_default=_NOW),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint("first < second", name="introduction_unordered"),
    )
    op.create_table(
        "policy_hold",
        sa.Column("organisation", sa.Text(collation="C"), primary_key=True),
        sa.Column("statement", sa.Text, primary_key=True, server_default=""),
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False, server_default=_NOW),
    )


def _organisation() -> None:
    # When those that are here were last updated is not known; they may not be stale for ever.
    op.add_column(
        "organisation",
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=_NOW),
    )
    op.alter_column("organisation", "updated_at", server_default=None)
    op.add_column("organisation", sa.Column("capacity", sa.Integer))
    op.execute("update organisation set capacity = (snapshot ->> 'capacity')::integer")
    op.create_index("organisation_updated_at", "organisation", ["updated_at"])
    op.create_index(
        "organisation_without_capacity",
        "organisation",
        ["id"],
        postgresql_where=sa.text("capacity = 0"),
    )


def downgrade() -> None:
    for table in ("policy_hold", "introduction", "pair_constraint"):
        op.drop_table(table)
    for column in ("capacity", "updated_at"):
        op.drop_column("organisation", column)
