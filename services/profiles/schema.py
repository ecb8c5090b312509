"""The tables. Ids are compared bytewise, so that their order is the same everywhere."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from shared.outbox import outbox_table

metadata = sa.MetaData()
_NO_FIELDS = sa.text("'{}'::text[]")


def _moment(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


organisations = sa.Table(
    "organisations",
    metadata,
    sa.Column("id", sa.Text(collation="C"), primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    _moment("created_at"),
    _moment("updated_at"),
    # The profile is the truth; the columns below it follow from it. All are null once erased.
    sa.Column("profile", JSONB),
    sa.Column("digest", sa.LargeBinary),
    sa.Column("kind", sa.Text),
    sa.Column("name_zh", sa.Text),
    sa.Column("name_en", sa.Text),
    sa.Column("uscc", sa.Text),
    sa.Column("ror", sa.Text),
    sa.Column("country", sa.Text),
    sa.Column("province", sa.Text),
    sa.Column("city_name", sa.Text),
    sa.Column("fields", ARRAY(sa.Text), nullable=False, server_default=_NO_FIELDS),
    # What all may find and count, and apart from it what the owner and coordinators may.
    sa.Column("public_text", sa.Text, nullable=False, server_default=""),
    sa.Column("public_fields", ARRAY(sa.Text), nullable=False, server_default=_NO_FIELDS),
    sa.Column("public_capabilities", sa.Integer, nullable=False, server_default="0"),
    sa.Column("public_needs", sa.Integer, nullable=False, server_default="0"),
    sa.Column("confidential_text", sa.Text, nullable=False, server_default=""),
    sa.Column("confidential_fields", ARRAY(sa.Text), nullable=False, server_default=_NO_FIELDS),
    sa.Column("confidential_capabilities", sa.Integer, nullable=False, server_default="0"),
    sa.Column("confidential_needs", sa.Integer, nullable=False, server_default="0"),
    # Statements that screening keeps from others; follows from the policy flags.
    sa.Column("held", ARRAY(sa.Text), nullable=False, server_default=_NO_FIELDS),
    sa.UniqueConstraint("uscc", name="organisations_uscc"),
    sa.UniqueConstraint("ror", name="organisations_ror"),
    sa.Index("organisations_updated_at", "updated_at"),
    sa.CheckConstraint("status in ('active', 'withdrawn', 'erased')", name="organisations_status"),
)

organisation_versions = sa.Table(
    "organisation_versions",
    metadata,
    sa.Column("organisation_id", sa.Text(collation="C"), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("status", sa.Text, nullable=False),
    _moment("changed_at"),
    sa.Column("changed_by", sa.Text, nullable=False),
    sa.Column("profile", JSONB),
    sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"]),
)

idempotency_keys = sa.Table(
    "idempotency_keys",
    metadata,
    sa.Column("subject", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("request_hash", sa.LargeBinary, nullable=False),
    # The answer is the first version of what was created: no second copy of its text.
    sa.Column("organisation_id", sa.Text(collation="C"), nullable=False),
    _moment("created_at"),
    sa.Index("idempotency_keys_created_at", "created_at"),
)

outbox = outbox_table(metadata)
