"""Policy flags, appeals and clearings, their audit trail, and what is still to be screened."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Everything that is there waits to be screened."""
    nothing = sa.text("'{}'::text[]")
    op.add_column(
        "organisations", sa.Column("held", ARRAY(sa.Text), nullable=False, server_default=nothing)
    )
    _flags()
    _screenings()
    _audit()


def downgrade() -> None:
    for table in ("screening_audit_head", "screening_audit", "screenings", "policy_flags"):
        op.drop_table(table)
    op.execute("drop function if exists refuse_audit_change()")
    op.drop_column("organisations", "held")


def _flags() -> None:
    op.create_table(
        "policy_flags",
        sa.Column("id", sa.Text(collation="C"), primary_key=True),
        sa.Column("number", sa.BigInteger, sa.Identity(), nullable=False, unique=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("organisation_id", sa.Text(collation="C"), nullable=False),
        *(_text(name) for name in ("statement_id", "side", "digest", "rule")),
        sa.Column("edition", sa.Integer, nullable=False),
        *(_text(name) for name in ("severity", "found_by")),
        sa.Column("similarity", sa.Float),
        sa.Column("spans", JSONB, nullable=False),
        _text("state"),
        _moment("raised_at", nullable=False),
        _moment("changed_at", nullable=False),
        sa.Column("appeal", sa.Text),
        _moment("appealed_at"),
        sa.Column("reason", sa.Text),
        sa.Column("decided", sa.Text),
        _moment("decided_at"),
        sa.UniqueConstraint(
            *("organisation_id", "statement_id", "rule", "edition", "digest"),
            name="policy_flags_key",
        ),
    )
    op.create_index("policy_flags_state", "policy_flags", ["state", "number"])


def _screenings() -> None:
    op.create_table(
        "screenings",
        sa.Column("organisation_id", sa.Text(collation="C"), primary_key=True),
        _text("rules_version"),
        _moment("compare_at"),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    )
    op.create_index("screenings_rules_version", "screenings", ["rules_version"])
    op.create_index(
        "screenings_compare_at",
        "screenings",
        ["compare_at"],
        postgresql_where=sa.text("compare_at is not null"),
    )
    op.execute(
        "insert into screenings (organisation_id, rules_version) "
        "select id, '' from organisations where status <> 'erased'"
    )


def _audit() -> None:
    op.create_table(
        "screening_audit",
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("flag", sa.Text(collation="C"), nullable=False),
        sa.Column("organisation", sa.Text(collation="C"), nullable=False),
        sa.Column("content", JSONB, nullable=False),
        _text("digest"),
    )
    op.create_index("screening_audit_flag", "screening_audit", ["flag", "number"])
    op.create_table(
        "screening_audit_head",
        sa.Column("one", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("number", sa.BigInteger, nullable=False),
        _text("digest"),
    )
    op.execute(f"insert into screening_audit_head values (1, 0, '{'0' * 64}')")  # noqa: S608
    op.execute(
        "create function refuse_audit_change() returns trigger language plpgsql as "
        "$$ begin raise exception 'the audit trail is append-only'; end $$"
    )
    op.execute(
        "create trigger screening_audit_append_only before update or delete on screening_audit "
        "for each row execute function refuse_audit_change()"
    )


def _text(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Text, nullable=False)


def _moment(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)
