"""The tables of policy screening."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from services.profiles.schema import metadata


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


policy_flags = sa.Table(
    "policy_flags",
    metadata,
    sa.Column("id", sa.Text(collation="C"), primary_key=True),
    sa.Column("number", sa.BigInteger, sa.Identity(), nullable=False, unique=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("organisation_id", sa.Text(collation="C"), nullable=False),
    sa.Column("statement_id", sa.Text, nullable=False),
    sa.Column("side", sa.Text, nullable=False),
    # Of the statement as it was screened; its text is in the profile only.
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("rule", sa.Text, nullable=False),
    sa.Column("edition", sa.Integer, nullable=False),
    sa.Column("severity", sa.Text, nullable=False),
    sa.Column("found_by", sa.Text, nullable=False),
    sa.Column("similarity", sa.Float),
    sa.Column("spans", JSONB, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    _moment("raised_at"),
    _moment("changed_at"),
    sa.Column("appeal", sa.Text),
    _moment("appealed_at", nullable=True),
    sa.Column("reason", sa.Text),
    sa.Column("decided", sa.Text),
    _moment("decided_at", nullable=True),
    sa.UniqueConstraint(
        *("organisation_id", "statement_id", "rule", "edition", "digest"), name="policy_flags_key"
    ),
    sa.Index("policy_flags_state", "state", "number"),
)

screenings = sa.Table(
    "screenings",
    metadata,
    sa.Column("organisation_id", sa.Text(collation="C"), primary_key=True),
    # Empty: to be screened again, whatever the rules are.
    sa.Column("rules_version", sa.Text, nullable=False),
    # When its statements are to be compared with prototypes; null when that is done.
    _moment("compare_at", nullable=True),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    sa.Index("screenings_rules_version", "rules_version"),
    sa.Index(
        "screenings_compare_at", "compare_at", postgresql_where=sa.text("compare_at is not null")
    ),
)

screening_audit = sa.Table(
    "screening_audit",
    metadata,
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("flag", sa.Text(collation="C"), nullable=False),
    sa.Column("organisation", sa.Text(collation="C"), nullable=False),
    # Content and digest are one link of `shared.audit_chain`.
    sa.Column("content", JSONB, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Index("screening_audit_flag", "flag", "number"),
)

screening_audit_head = sa.Table(
    "screening_audit_head",
    metadata,
    sa.Column("one", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("number", sa.BigInteger, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
)
