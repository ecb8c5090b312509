"""The inbox, webhooks, saved searches and what was delivered."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def _moment(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=nullable)


def upgrade() -> None:
    _events()
    _messages()
    _mails()
    _settings()
    _searches()
    _webhooks()
    _deliveries()
    _jobs()


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("source", sa.Text, nullable=False, unique=True),
        _text("type"),
        sa.Column("audience", ARRAY(sa.Text), nullable=False),
        sa.Column("data", JSONB, nullable=False),
        _moment("occurred_at", nullable=False),
        _moment("created_at", nullable=False),
    )
    op.create_index("events_created", "events", ["created_at"])


def _messages() -> None:
    op.create_table(
        "messages",
        sa.Column("id", sa.Uuid, primary_key=True),
        _text("recipient"),
        _text("dedup"),
        _text("kind"),
        _text("category"),
        sa.Column("about", JSONB, nullable=False),
        _moment("created_at", nullable=False),
        _moment("read_at"),
        sa.UniqueConstraint("recipient", "dedup", name="messages_once"),
    )
    op.create_index("messages_inbox", "messages", ["recipient", "created_at", "id"])
    unread = sa.text("read_at is null")
    op.create_index("messages_unread", "messages", ["recipient"], postgresql_where=unread)


def _mails() -> None:
    op.create_table(
        "mails",
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
    )
    pending = sa.text("state = 'pending'")
    op.create_index("mails_due", "mails", ["next_attempt_at"], postgresql_where=pending)


def _settings() -> None:
    op.create_table(
        "notification_settings",
        sa.Column("subject", sa.Text, primary_key=True),
        _text("role"),
        _text("organisation", nullable=True),
        sa.Column("choices", JSONB, nullable=False),
        _moment("updated_at", nullable=False),
    )
    op.create_index("notification_settings_organisation", "notification_settings", ["organisation"])
    op.create_table(
        "digests",
        sa.Column("subject", sa.Text, primary_key=True),
        _moment("until", nullable=False),
    )


def _searches() -> None:
    op.create_table(
        "saved_searches",
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
    )
    active = sa.text("active")
    op.create_index(
        "saved_searches_due", "saved_searches", ["next_run_at"], postgresql_where=active
    )
    key = sa.ForeignKey("saved_searches.id", ondelete="cascade")
    op.create_table(
        "saved_search_hits",
        sa.Column("search_id", sa.Uuid, key, primary_key=True),
        sa.Column("organisation", sa.Text, primary_key=True),
        _moment("first_seen_at", nullable=False),
    )


def _webhooks() -> None:
    op.create_table(
        "webhooks",
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


def _deliveries() -> None:
    key = sa.ForeignKey("webhooks.id", ondelete="cascade")
    op.create_table(
        "webhook_deliveries",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("webhook_id", sa.Uuid, key, nullable=False),
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
    )
    columns = ["webhook_id", "created_at", "id"]
    op.create_index("webhook_deliveries_log", "webhook_deliveries", columns)
    op.create_index(
        "webhook_deliveries_due",
        "webhook_deliveries",
        ["next_attempt_at"],
        postgresql_where=sa.text("state = 'pending'"),
    )


def _jobs() -> None:
    op.create_table(
        "reminders",
        sa.Column("key", sa.Text, primary_key=True),
        _moment("created_at", nullable=False),
    )
    op.create_table(
        "job_turns",
        sa.Column("name", sa.Text, primary_key=True),
        _moment("next_at", nullable=False),
    )
    op.create_table(
        "event_letters",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        _text("subject"),
        _text("data"),
        _text("problem"),
        _moment("created_at", nullable=False),
    )


def downgrade() -> None:
    for table in (
        "event_letters",
        "job_turns",
        "reminders",
        "webhook_deliveries",
        "webhooks",
        "saved_search_hits",
        "saved_searches",
        "digests",
        "notification_settings",
        "mails",
        "messages",
        "events",
    ):
        op.drop_table(table)
