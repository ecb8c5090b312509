"""Matches, what was decided on them, the audit trail, the outbox."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_TABLES = (
    *("outbox", "audit_head", "audit", "match_request", "match_review", "match_comment"),
    *("match_evidence", "match"),
)
_INDEXES = {
    "match_second": ["second"],
    "match_score": ["score", "id"],
    "match_state_score": ["state", "score", "id"],
    "match_updated": ["updated_at", "id"],
    "match_since": ["since", "id"],
    "match_created": ["created_at", "id"],
    "match_due": ["due_at", "id"],
    "match_assignee": ["assignee"],
    "match_requested_by": ["requested_by"],
}
# An audit trail that anybody may tidy up is none; TRUNCATE has no row trigger.
_APPEND_ONLY = """
create function audit_is_append_only() returns trigger language plpgsql as
$$ begin raise exception 'the audit trail is append only'; end $$;
"""
_TRIGGERS = (
    "create trigger audit_keeps_rows before update or delete on audit "
    "for each row execute function audit_is_append_only()",
    "create trigger audit_keeps_all before truncate on audit "
    "for each statement execute function audit_is_append_only()",
)


_CARDS = """
update organisation set card = jsonb_build_object(
    'kind', snapshot->'kind', 'names', snapshot->'names', 'country', snapshot->'country',
    'province', snapshot->'province', 'city_name', snapshot->'city_name',
    'fields', snapshot->'fields', 'topics', snapshot->'fields')
where snapshot is not null
"""


def upgrade() -> None:
    op.add_column("organisation", sa.Column("card", JSONB))
    op.execute(_CARDS)
    _match()
    _beside_matches()
    _audit()
    _outbox()


def downgrade() -> None:
    for table in _TABLES:
        op.drop_table(table)
    op.execute("drop function audit_is_append_only()")
    op.drop_column("organisation", "card")


def _match() -> None:
    op.create_table(
        "match",
        _text("id", primary_key=True),
        _text("first"),
        _text("second"),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("run", sa.Text),
        sa.Column("requested_by", sa.Text(collation="C")),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("assignee", sa.Text),
        sa.Column("reviewers", sa.SmallInteger),
        sa.Column("split", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("comments", sa.Integer, nullable=False, server_default="0"),
        sa.Column("agreed", sa.Boolean, nullable=False, server_default=sa.false()),
        *(_texts(name) for name in ("waiting", "kinds", "provinces", "fields")),
        sa.Column("search", sa.Text, nullable=False, server_default=""),
        sa.Column("said", JSONB, nullable=False),
        *(_moment(name) for name in ("created_at", "since", "updated_at")),
        *(_moment(n, nullable=True) for n in ("asked_at", "nudged_at", "due_at", "introduced_at")),
        sa.CheckConstraint("first < second", name="match_unordered"),
        sa.UniqueConstraint("first", "second", name="match_pair"),
    )
    for name, columns in _INDEXES.items():
        op.create_index(name, "match", columns)
    op.create_index("match_fields", "match", ["fields"], postgresql_using="gin")
    op.create_index("match_provinces", "match", ["provinces"], postgresql_using="gin")


def _beside_matches() -> None:
    op.create_table(
        "match_evidence",
        _of_match(primary_key=True),
        sa.Column("evidence", JSONB, nullable=False),
    )
    op.create_table(
        "match_comment",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        _of_match(),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        _moment("at"),
    )
    op.create_index("match_comment_match", "match_comment", ["match", "id"])
    marks = ("fit", "strength", "feasibility", "benefit")
    op.create_table(
        "match_review",
        _of_match(primary_key=True),
        sa.Column("reviewer", sa.Text, primary_key=True),
        *(sa.Column(mark, sa.SmallInteger, nullable=False) for mark in marks),
        sa.Column("text", sa.Text),
        _moment("at"),
    )
    op.create_table(
        "match_request",
        sa.Column("by", sa.Text, primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("created", sa.Text, nullable=False),
        _moment("at"),
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
        _moment("at"),
        *(sa.Column(n, sa.Text, nullable=False) for n in ("actor", "role", "action")),
        sa.Column("subject_kind", sa.Text, nullable=False),
        _text("subject"),
        sa.Column("details", JSONB, nullable=False),
        *(sa.Column(n, sa.Text, nullable=False) for n in ("request_id", "previous", "digest")),
    )
    op.create_index("audit_subject", "audit", ["subject_kind", "subject", "seq"])
    op.create_index("audit_actor", "audit", ["actor", "seq"])
    op.create_table(
        "audit_head",
        sa.Column("id", sa.SmallInteger, sa.CheckConstraint("id = 1"), primary_key=True),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
    )
    op.execute("insert into audit_head (id, seq, digest) values (1, 0, repeat('0', 64))")
    for statement in (_APPEND_ONLY, *_TRIGGERS):
        op.execute(statement)


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
    unpublished = sa.text("published_at is null")
    op.create_index("outbox_unpublished", "outbox", ["id"], postgresql_where=unpublished)


def _text(name: str, *, primary_key: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(collation="C"), nullable=False, primary_key=primary_key)


def _texts(name: str) -> sa.Column[list[str]]:
    empty = sa.text("'{}'::text[]")
    return sa.Column(name, ARRAY(sa.Text), nullable=False, server_default=empty)


def _of_match(*, primary_key: bool = False) -> sa.Column[str]:
    return sa.Column(
        "match",
        sa.Text(collation="C"),
        sa.ForeignKey("match.id", ondelete="CASCADE"),
        nullable=False,
        primary_key=primary_key,
    )


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)
