"""Tables of messages and of what follows from them."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from services.gateway.schema import metadata


def _moment(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=nullable)


events = sa.Table(
    "events",
    metadata,
    sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
    sa.Column("source", sa.Text, nullable=False, unique=True),
    _text("type"),
    sa.Column("audience", ARRAY(sa.Text), nullable=False),
    sa.Column("data", JSONB, nullable=False),
    _moment("occurred_at", nullable=False),
    _moment("created_at", nullable=False),
    sa.Index("events_created", "created_at"),
)
"""What streams and webhooks tell. Ids are given under a lock: they commit in their order."""

messages = sa.Table(
    "messages",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    _text("recipient"),
    _text("dedup"),
    _text("kind"),
    _text("category"),
    sa.Column("about", JSONB, nullable=False),
    _moment("created_at", nullable=False),
    _moment("read_at"),
    sa.UniqueConstraint("recipient", "dedup", name="messages_once"),
    sa.Index("messages_inbox", "recipient", "created_at", "id"),
    sa.Index("messages_unread", "recipient", postgresql_where=sa.text("read_at is null")),
)
"""`recipient`: organisation:<id>, role:<role> or person:<subject>."""

mails = sa.Table(
    "mails",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("messages", ARRAY(sa.Uuid), nullable=False),
    _text("purpose"),
    _text("dedup"),
    _text("email"),
    _text("language"),
    _text("state"),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    _moment("created_at", nullable=False),
    _moment("next_attempt_at"),
    _moment("sent_at"),
    _text("problem", nullable=True),
    sa.UniqueConstraint("email", "dedup", name="mails_once"),
    sa.Index("mails_due", "next_attempt_at", postgresql_where=sa.text("state = 'pending'")),
)
"""What is to be sent; its text is composed when it is sent, and kept nowhere."""

notification_settings = sa.Table(
    "notification_settings",
    metadata,
    sa.Column("subject", sa.Text, primary_key=True),
    _text("role"),
    _text("organisation", nullable=True),
    sa.Column("choices", JSONB, nullable=False),
    _moment("updated_at", nullable=False),
    sa.Index("notification_settings_organisation", "organisation"),
)

digests = sa.Table(
    "digests",
    metadata,
    sa.Column("subject", sa.Text, primary_key=True),
    _moment("until", nullable=False),
)
"""Up to when a person's messages have been in a digest."""

saved_searches = sa.Table(
    "saved_searches",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    _text("owner"),
    _text("subject"),
    _text("role"),
    _text("organisation", nullable=True),
    _text("name"),
    sa.Column("search", JSONB, nullable=False),
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    _text("idempotency_key", nullable=True),
    _text("body_digest", nullable=True),
    _moment("created_at", nullable=False),
    _moment("last_run_at"),
    _moment("next_run_at", nullable=False),
    sa.UniqueConstraint("owner", "idempotency_key", name="saved_searches_idempotency"),
    sa.Index("saved_searches_due", "next_run_at", postgresql_where=sa.text("active")),
)

saved_search_hits = sa.Table(
    "saved_search_hits",
    metadata,
    sa.Column(
        "search_id",
        sa.Uuid,
        sa.ForeignKey("saved_searches.id", ondelete="cascade"),
        primary_key=True,
    ),
    sa.Column("organisation", sa.Text, primary_key=True),
    _moment("first_seen_at", nullable=False),
)

webhooks = sa.Table(
    "webhooks",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    _text("owner"),
    _text("subject"),
    _text("role"),
    _text("organisation", nullable=True),
    sa.Column("audience", ARRAY(sa.Text), nullable=False),
    _text("url"),
    sa.Column("events", ARRAY(sa.Text), nullable=False),
    _text("description", nullable=True),
    sa.Column("active", sa.Boolean, nullable=False),
    _text("secret"),
    _text("previous_secret", nullable=True),
    _moment("previous_until"),
    sa.Column("version", sa.Integer, nullable=False),
    _text("idempotency_key", nullable=True),
    _text("body_digest", nullable=True),
    _moment("created_at", nullable=False),
    _moment("failing_since"),
    _moment("disabled_at"),
    _moment("last_success_at"),
    sa.UniqueConstraint("owner", "idempotency_key", name="webhooks_idempotency"),
)

webhook_deliveries = sa.Table(
    "webhook_deliveries",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column(
        "webhook_id", sa.Uuid, sa.ForeignKey("webhooks.id", ondelete="cascade"), nullable=False
    ),
    sa.Column("event_id", sa.BigInteger),
    _text("type"),
    sa.Column("body", JSONB, nullable=False),
    _text("state"),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    _moment("created_at", nullable=False),
    _moment("next_attempt_at"),
    _moment("delivered_at"),
    sa.Column("status", sa.Integer),
    _text("problem", nullable=True),
    sa.UniqueConstraint("webhook_id", "event_id", name="webhook_deliveries_once"),
    sa.Index("webhook_deliveries_log", "webhook_id", "created_at", "id"),
    sa.Index(
        "webhook_deliveries_due", "next_attempt_at", postgresql_where=sa.text("state = 'pending'")
    ),
)

reminders = sa.Table(
    "reminders",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    _moment("created_at", nullable=False),
)
"""What was reminded of already."""

job_turns = sa.Table(
    "job_turns",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    _moment("next_at", nullable=False),
)
"""When a job is due next; whoever moves the moment on has the turn."""

event_letters = sa.Table(
    "event_letters",
    metadata,
    sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
    _text("subject"),
    _text("data"),
    _text("problem"),
    _moment("created_at", nullable=False),
)
"""Events that could not be taken in."""

ALL = (
    events,
    messages,
    mails,
    notification_settings,
    digests,
    saved_searches,
    saved_search_hits,
    webhooks,
    webhook_deliveries,
    reminders,
    job_turns,
    event_letters,
)
