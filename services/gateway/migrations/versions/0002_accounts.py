"""People, their sessions and one-time links."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def _moment(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _person() -> sa.Column[object]:
    key = sa.ForeignKey("people.id", ondelete="cascade")
    return sa.Column("person_id", sa.Uuid, key, nullable=False)


def upgrade() -> None:
    op.create_table(
        "people",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("subject", sa.Text, nullable=False, unique=True),
        sa.Column("email", sa.Text, nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("organisation", sa.Text),
        sa.Column("wanted_organisation", sa.Text),
        sa.Column("language", sa.Text),
        _moment("suspended_at"),
        _moment("created_at", nullable=False),
        _moment("last_login_at"),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_index("people_organisation", "people", ["organisation"])
    op.create_table(
        "login_links",
        sa.Column("digest", sa.LargeBinary, primary_key=True),
        _person(),
        _moment("created_at", nullable=False),
        _moment("expires_at", nullable=False),
        _moment("used_at"),
    )
    op.create_index("login_links_person", "login_links", ["person_id"])
    op.create_table(
        "sessions",
        sa.Column("digest", sa.LargeBinary, primary_key=True),
        _person(),
        _moment("created_at", nullable=False),
        _moment("last_seen_at", nullable=False),
        _moment("expires_at", nullable=False),
        sa.Column("agent", sa.Text, nullable=False),
    )
    op.create_index("sessions_person", "sessions", ["person_id"])
    op.create_table(
        "saved_views",
        sa.Column("id", sa.Uuid, primary_key=True),
        _person(),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("query", sa.Text, nullable=False),
        _moment("created_at", nullable=False),
        sa.UniqueConstraint("person_id", "name"),
    )


def downgrade() -> None:
    for table in ("saved_views", "sessions", "login_links", "people"):
        op.drop_table(table)
