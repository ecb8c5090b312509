"""Tables of matches and of the audit trail. A pair's two ids are in bytewise order."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from shared.audit_trail import audit_tables

_NONE = sa.text("'{}'::text[]")


@dataclass(frozen=True)
class MatchTables:
    """One metadata's tables."""

    match: sa.Table
    evidence: sa.Table
    comment: sa.Table
    review: sa.Table
    request: sa.Table
    audit: sa.Table
    audit_head: sa.Table


def match_tables(metadata: sa.MetaData) -> MatchTables:
    """Declare them, to be made by the service's migrations."""
    audit, audit_head = audit_tables(metadata, "audit")
    return MatchTables(
        match=_match(metadata),
        evidence=_evidence(metadata),
        comment=_comment(metadata),
        review=_review(metadata),
        request=_request(metadata),
        audit=audit,
        audit_head=audit_head,
    )


def _match(metadata: sa.MetaData) -> sa.Table:
    """Narrow, for lists are read from it alone: what they are filtered by is copied from the
    profiles as they are taken in. `said` is everything that people have said on it."""
    return sa.Table(
        "match",
        metadata,
        sa.Column("id", sa.Text(collation="C"), primary_key=True),
        _organisation("first"),
        _organisation("second"),
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
        _texts("waiting"),
        _texts("kinds"),
        _texts("provinces"),
        _texts("fields"),
        sa.Column("search", sa.Text, nullable=False, server_default=""),
        sa.Column("said", JSONB, nullable=False),
        _moment("created_at"),
        _moment("since"),
        _moment("updated_at"),
        _moment("asked_at", nullable=True),
        _moment("nudged_at", nullable=True),
        _moment("due_at", nullable=True),
        _moment("introduced_at", nullable=True),
        sa.CheckConstraint("first < second", name="match_unordered"),
        sa.UniqueConstraint("first", "second", name="match_pair"),
        sa.Index("match_second", "second"),
        sa.Index("match_score", "score", "id"),
        sa.Index("match_state_score", "state", "score", "id"),
        sa.Index("match_updated", "updated_at", "id"),
        sa.Index("match_since", "since", "id"),
        sa.Index("match_created", "created_at", "id"),
        sa.Index("match_due", "due_at", "id"),
        sa.Index("match_assignee", "assignee"),
        sa.Index("match_requested_by", "requested_by"),
        sa.Index("match_fields", "fields", postgresql_using="gin"),
        sa.Index("match_provinces", "provinces", postgresql_using="gin"),
    )


def _evidence(metadata: sa.MetaData) -> sa.Table:
    """Why the two were suggested: statement ids and numbers, no text."""
    return sa.Table(
        "match_evidence",
        metadata,
        _of_match(primary_key=True),
        sa.Column("evidence", JSONB, nullable=False),
    )


def _comment(metadata: sa.MetaData) -> sa.Table:
    return sa.Table(
        "match_comment",
        metadata,
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        _of_match(),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        _moment("at"),
        sa.Index("match_comment_match", "match", "id"),
    )


def _review(metadata: sa.MetaData) -> sa.Table:
    """One row of scores for each reviewer of a match."""
    marks = ("fit", "strength", "feasibility", "benefit")
    return sa.Table(
        "match_review",
        metadata,
        _of_match(primary_key=True),
        sa.Column("reviewer", sa.Text, primary_key=True),
        *(sa.Column(mark, sa.SmallInteger, nullable=False) for mark in marks),
        sa.Column("text", sa.Text),
        _moment("at"),
    )


def _request(metadata: sa.MetaData) -> sa.Table:
    """Idempotency-Keys of what creates something, and what they created."""
    return sa.Table(
        "match_request",
        metadata,
        sa.Column("by", sa.Text, primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("created", sa.Text, nullable=False),
        _moment("at"),
    )


def _organisation(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(collation="C"), nullable=False)


def _texts(name: str) -> sa.Column[list[str]]:
    return sa.Column(name, ARRAY(sa.Text), nullable=False, server_default=_NONE)


def _of_match(*, primary_key: bool = False) -> sa.Column[str]:
    return sa.Column(
        "match",
        sa.Text(collation="C"),
        sa.ForeignKey("match.id", ondelete="CASCADE"),
        primary_key=primary_key,
        nullable=False,
    )


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)
