"""The tables behind rematch jobs. PostgreSQL is the truth: the work queue only wakes workers."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

ACTIVE_STATES = "state in ('queued', 'running', 'finishing')"


@dataclass(frozen=True)
class RematchTables:
    """One metadata's tables."""

    job: sa.Table
    partition: sa.Table
    staged: sa.Table
    plan: sa.Table
    kept: sa.Table
    run: sa.Table
    place: sa.Table
    covered: sa.Table
    change: sa.Table
    schedule: sa.Table
    firing: sa.Table


def rematch_tables(metadata: sa.MetaData) -> RematchTables:
    """Declare the tables, to be made by the service's migrations."""
    return RematchTables(
        job=_job(metadata),
        partition=_partition(metadata),
        staged=_staged(metadata),
        plan=_plan(metadata),
        kept=_kept(metadata),
        run=_run(metadata),
        place=_place(metadata),
        covered=_covered(metadata),
        change=_change(metadata),
        schedule=_schedule(metadata),
        firing=_firing(metadata),
    )


def _job(metadata: sa.MetaData) -> sa.Table:
    """One job at a time for each scope. `finish_attempt` fences the last stage."""
    return sa.Table(
        "rematch_job",
        metadata,
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
        sa.Index(
            "rematch_job_active", "scope_key", unique=True, postgresql_where=sa.text(ACTIVE_STATES)
        ),
    )


def _partition(metadata: sa.MetaData) -> sa.Table:
    """`attempt` is the fencing number: only the last one's result is taken. A `stage` begins when
    all of the earlier one is done; `pair` are two groups of the plan, `product` how they were
    multiplied."""
    return sa.Table(
        "rematch_partition",
        metadata,
        sa.Column("job", sa.Text, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("organisations", ARRAY(sa.Text(collation="C")), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("computed", sa.Integer, nullable=False, server_default="0"),
        sa.Column("done", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("attempt", sa.Integer, nullable=False, server_default="0"),
        sa.Column("failures", sa.Integer, nullable=False, server_default="0"),
        sa.Column("worker", sa.Text),
        sa.Column("stage", sa.SmallInteger, nullable=False, server_default="1"),
        sa.Column("pair", ARRAY(sa.Integer)),
        sa.Column("product", sa.Text),
        sa.Column("touched_at", sa.DateTime(timezone=True)),
        sa.Column("published_at", sa.DateTime(timezone=True)),
        sa.Index("rematch_partition_open", "job", postgresql_where=sa.text("not done")),
    )


def _staged(metadata: sa.MetaData) -> sa.Table:
    """What partitions have come to, until the job ends: one row each, whoever computed it."""
    return sa.Table(
        "rematch_staged",
        metadata,
        sa.Column("job", sa.Text, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("result", sa.LargeBinary, nullable=False),
        sa.Column("evidence", sa.LargeBinary),
    )


def _plan(metadata: sa.MetaData) -> sa.Table:
    """What a job at work computes with."""
    return sa.Table(
        "rematch_plan",
        metadata,
        sa.Column("job", sa.Text, primary_key=True),
        sa.Column("plan", sa.LargeBinary, nullable=False),
    )


def _kept(metadata: sa.MetaData) -> sa.Table:
    """Snapshots that were replaced while a job was at work, for that job."""
    return sa.Table(
        "rematch_kept",
        metadata,
        sa.Column("organisation", sa.Text(collation="C"), primary_key=True),
        sa.Column("version", sa.BigInteger, primary_key=True),
        sa.Column("snapshot", JSONB, nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True)),
    )


def _run(metadata: sa.MetaData) -> sa.Table:
    """A job's result as a whole; a dry run's is never built upon."""
    return sa.Table(
        "rematch_run",
        metadata,
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("job", sa.Text, nullable=False, unique=True),
        sa.Column("dry_run", sa.Boolean, nullable=False),
        sa.Column("versions", JSONB, nullable=False),
        sa.Column("figures", JSONB, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        _moment("created_at"),
    )


def _place(metadata: sa.MetaData) -> sa.Table:
    """The standing lists: who stands where in whose list, by the last run that covered it."""
    return sa.Table(
        "rematch_place",
        metadata,
        sa.Column("organisation", sa.Text(collation="C"), primary_key=True),
        sa.Column("partner", sa.Text(collation="C"), primary_key=True),
        sa.Column("rank", sa.Integer, nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("run", sa.BigInteger, nullable=False),
        sa.Index("rematch_place_partner", "partner"),
    )


def _covered(metadata: sa.MetaData) -> sa.Table:
    """Which run an organisation's list is from, and the version that it was computed with."""
    return sa.Table(
        "rematch_covered",
        metadata,
        sa.Column("organisation", sa.Text(collation="C"), primary_key=True),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("run", sa.BigInteger, nullable=False),
    )


def _change(metadata: sa.MetaData) -> sa.Table:
    """The diff of a run to what stood before; `place` is the order in which it is shown."""
    return sa.Table(
        "rematch_change",
        metadata,
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
        sa.Index("rematch_change_cause", "run", "change", "cause"),
    )


def _schedule(metadata: sa.MetaData) -> sa.Table:
    """`next_at` is null while it is off."""
    return sa.Table(
        "rematch_schedule",
        metadata,
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
        sa.Index("rematch_schedule_next", "next_at", postgresql_where=sa.text("enabled")),
    )


def _firing(metadata: sa.MetaData) -> sa.Table:
    """Each due time once, however many processes look."""
    return sa.Table(
        "rematch_firing",
        metadata,
        sa.Column("schedule", sa.Text, primary_key=True),
        sa.Column("due_at", sa.DateTime(timezone=True), primary_key=True),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("job", sa.Text),
        sa.Column("problem", sa.Text),
        _moment("fired_at"),
    )


def _moment(name: str) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now())
