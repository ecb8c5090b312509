"""Organisations, their history, idempotency keys, the outbox."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _organisations()
    _versions()
    _idempotency_keys()
    _outbox()


def downgrade() -> None:
    for table in ("outbox", "idempotency_keys", "organisation_versions", "organisations"):
        op.drop_table(table)


def _organisations() -> None:
    op.create_table(
        "organisations",
        sa.Column("id", sa.Text(collation="C"), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        _moment("created_at"),
        _moment("updated_at"),
        sa.Column("profile", JSONB),
        sa.Column("digest", sa.LargeBinary),
        *(
            sa.Column(name, sa.Text)
            for name in (
                "kind", "name_zh", "name_en", "uscc", "ror", "country", "province", "city_name"
            )
        ),
        _codes("fields"),
        *_findable("public"),
        *_findable("confidential"),
        sa.UniqueConstraint("uscc", name="organisations_uscc"),
        sa.UniqueConstraint("ror", name="organisations_ror"),
        sa.CheckConstraint(
            "status in ('active', 'withdrawn', 'erased')", name="organisations_status"
        ),
    )  # fmt: skip
    op.create_index("organisations_updated_at", "organisations", ["updated_at"])


def _findable(who: str) -> list[sa.Column[object]]:
    return [
        sa.Column(f"{who}_text", sa.Text, nullable=False, server_default=""),
        _codes(f"{who}_fields"),
        sa.Column(f"{who}_capabilities", sa.Integer, nullable=False, server_default="0"),
        sa.Column(f"{who}_needs", sa.Integer, nullable=False, server_default="0"),
    ]


def _versions() -> None:
    op.create_table(
        "organisation_versions",
        sa.Column("organisation_id", sa.Text(collation="C"), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("status", sa.Text, nullable=False),
        _moment("changed_at"),
        sa.Column("changed_by", sa.Text, nullable=False),
        sa.Column("profile", JSONB),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"]),
    )


def _idempotency_keys() -> None:
    op.create_table(
        "idempotency_keys",
        sa.Column("subject", sa.Text, primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("request_hash", sa.LargeBinary, nullable=False),
        sa.Column("organisation_id", sa.Text(collation="C"), nullable=False),
        _moment("created_at"),
    )
    op.create_index("idempotency_keys_created_at", "idempotency_keys", ["created_at"])


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("event_id", sa.Text, nullable=False, unique=True),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("payload", JSONB, nullable=False),
        sa.Column("request_id", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now()),
        sa.Column("published_at", sa.DateTime(timezone=True)),
    )
    op.create_index(
        "outbox_unpublished", "outbox", ["id"], postgresql_where=sa.text("published_at is null")
    )


def _moment(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _codes(name: str) -> sa.Column[object]:
    return sa.Column(name, ARRAY(sa.Text), nullable=False, server_default=sa.text("'{}'::text[]"))
