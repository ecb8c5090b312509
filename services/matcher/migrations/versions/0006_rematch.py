"""Rematch jobs, their partitions, runs and schedules."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_ACTIVE = "state in ('queued', 'running', 'finishing')"
_TABLES = (
    *("rematch_firing", "rematch_schedule", "rematch_change", "rematch_covered"),
    *("rematch_place", "rematch_run", "rematch_staged", "rematch_partition", "rematch_job"),
)


def _moment(name: str) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now())


def upgrade() -> None:
    _work()
    _results()
    _schedules()


def downgrade() -> None:
    for table in _TABLES:
        op.drop_table(table)


def _work() -> None:
    op.create_table(
        "rematch_job",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("number", sa.BigInteger, sa.Identity(), nullable=False, unique=True),
        sa.Column("scope", JSONB, nullable=False),
        sa.Column("scope_key", sa.Text, nullable=False),
        sa.Column("options", JSONB, nullable=False),
        sa.Column("computation", sa.Text, nullable=False),
        sa.Column("dry_run", sa.Boolean, nullable=False),
        sa.Column("priority", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("organisations", sa.Integer, nullable=False),
        sa.Column("partitions", sa.Integer, nullable=False),
        sa.Column("basis", JSONB, nullable=False),
        sa.Column("problem", JSONB(none_as_null=True)),
        sa.Column("retry_of", sa.Text),
        sa.Column("schedule", sa.Text),
        sa.Column("started_by", sa.Text, nullable=False),
        sa.Column("request_key", sa.Text),
        sa.Column("request", sa.Text, nullable=False),
        _moment("created_at"),
        sa.Column("started_at", sa.DateTime(timezone=True)),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.Column("finish_attempt", sa.Integer, nullable=False, server_default="0"),
        sa.Column("finish_failures", sa.Integer, nullable=False, server_default="0"),
        sa.Column("finish_touched_at", sa.DateTime(timezone=True)),
        sa.Column("finish_published_at", sa.DateTime(timezone=True)),
        sa.UniqueConstraint("started_by", "request_key", name="rematch_job_request"),
    )
    op.create_index(
        "rematch_job_active",
        "rematch_job",
        ["scope_key"],
        unique=True,
        postgresql_where=sa.text(_ACTIVE),
    )
    op.create_table(
        "rematch_partition",
        sa.Column("job", sa.Text, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("organisations", ARRAY(sa.Text(collation="C")), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("computed", sa.Integer, nullable=False, server_default="0"),
        sa.Column("done", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("attempt", sa.Integer, nullable=False, server_default="0"),
        sa.Column("failures", sa.Integer, nullable=False, server_default="0"),
        sa.Column("worker", sa.Text),
        sa.Column("touched_at", sa.DateTime(timezone=True)),
        sa.Column("published_at", sa.DateTime(timezone=True)),
    )
    op.create_index(
        "rematch_partition_open", "rematch_partition", ["job"], postgresql_where=sa.text("not done")
    )
    op.create_table(
        "rematch_staged",
        sa.Column("job", sa.Text, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("result", sa.LargeBinary, nullable=False),
    )


def _results() -> None:
    op.create_table(
        "rematch_run",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("job", sa.Text, nullable=False, unique=True),
        sa.Column("dry_run", sa.Boolean, nullable=False),
        sa.Column("versions", JSONB, nullable=False),
        sa.Column("figures", JSONB, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        _moment("created_at"),
    )
    op.create_table(
        "rematch_place",
        sa.Column("organisation", sa.Text(collation="C"), primary_key=True),
        sa.Column("partner", sa.Text(collation="C"), primary_key=True),
        sa.Column("rank", sa.Integer, nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("run", sa.BigInteger, nullable=False),
    )
    op.create_index("rematch_place_partner", "rematch_place", ["partner"])
    op.create_table(
        "rematch_covered",
        sa.Column("organisation", sa.Text(collation="C"), primary_key=True),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("run", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "rematch_change",
        sa.Column("run", sa.BigInteger, primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True),
        sa.Column("first", sa.Text(collation="C"), nullable=False),
        sa.Column("second", sa.Text(collation="C"), nullable=False),
        sa.Column("change", sa.Text, nullable=False),
        sa.Column("cause", sa.Text, nullable=False),
        sa.Column("score", sa.Float),
        sa.Column("score_before", sa.Float),
        sa.Column("ranks", ARRAY(sa.Integer), nullable=False),
        sa.Column("ranks_before", ARRAY(sa.Integer), nullable=False),
    )
    op.create_index("rematch_change_cause", "rematch_change", ["run", "change", "cause"])


def _schedules() -> None:
    op.create_table(
        "rematch_schedule",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("cron", sa.Text, nullable=False),
        sa.Column("time_zone", sa.Text, nullable=False),
        sa.Column("job", JSONB, nullable=False),
        sa.Column("enabled", sa.Boolean, nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True)),
        sa.Column("created_by", sa.Text, nullable=False),
        sa.Column("request_key", sa.Text),
        sa.Column("request", sa.Text, nullable=False),
        _moment("created_at"),
        _moment("updated_at"),
        sa.UniqueConstraint("created_by", "request_key", name="rematch_schedule_request"),
    )
    op.create_index(
        "rematch_schedule_next",
        "rematch_schedule",
        ["next_at"],
        postgresql_where=sa.text("enabled"),
    )
    op.create_table(
        "rematch_firing",
        sa.Column("schedule", sa.Text, primary_key=True),
        sa.Column("due_at", sa.DateTime(timezone=True), primary_key=True),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("job", sa.Text),
        sa.Column("problem", sa.Text),
        _moment("fired_at"),
    )
