"""The audit trail of accounts and API keys."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account_audit",
        sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *(_text(name) for name in ("actor", "role", "action", "subject_kind")),
        sa.Column("subject", sa.Text(collation="C"), nullable=False),
        sa.Column("details", JSONB, nullable=False),
        *(_text(name) for name in ("request_id", "previous", "digest")),
    )
    op.create_index("account_audit_subject", "account_audit", ["subject_kind", "subject", "seq"])
    op.create_index("account_audit_actor", "account_audit", ["actor", "seq"])
    op.create_table(
        "account_audit_head",
        sa.Column("id", sa.SmallInteger, sa.CheckConstraint("id = 1"), primary_key=True),
        sa.Column("seq", sa.BigInteger, nullable=False),
        _text("digest"),
    )
    op.execute(f"insert into account_audit_head values (1, 0, '{'0' * 64}')")  # noqa: S608
    op.execute(
        "create function refuse_audit_change() returns trigger language plpgsql as "
        "$$ begin raise exception 'the audit trail is append-only'; end $$"
    )
    op.execute(
        "create trigger account_audit_append_only before update or delete on account_audit "
        "for each row execute function refuse_audit_change()"
    )


def downgrade() -> None:
    op.drop_table("account_audit")
    op.drop_table("account_audit_head")
    op.execute("drop function refuse_audit_change")


def _text(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Text, nullable=False)
