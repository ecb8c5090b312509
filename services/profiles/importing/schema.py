"""The tables of import jobs."""

import sqlalchemy as sa

from services.profiles.schema import metadata

COUNTS = ("rows", "created", "updated", "unchanged", "rejected", "statements")


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _of_job() -> sa.Column[object]:
    reference = sa.ForeignKey("import_jobs.id", ondelete="CASCADE")
    return sa.Column("job_id", sa.Text(collation="C"), reference, nullable=False)


import_jobs = sa.Table(
    "import_jobs",
    metadata,
    sa.Column("id", sa.Text(collation="C"), primary_key=True),
    sa.Column("number", sa.BigInteger, sa.Identity(), nullable=False, unique=True),
    sa.Column("format", sa.Text, nullable=False),
    sa.Column("file_name", sa.Text, nullable=False),
    sa.Column("dry_run", sa.Boolean, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    *(sa.Column(name, sa.BigInteger, nullable=False, server_default="0") for name in COUNTS),
    sa.Column("rows_expected", sa.BigInteger),
    sa.Column("problem", sa.Text),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    _moment("started_at"),
    _moment("progress_at"),
    _moment("finished_at", nullable=True),
    sa.Index(
        "import_jobs_open",
        "number",
        postgresql_where=sa.text("status in ('receiving', 'running')"),
    ),
)

# The file in pieces, so that any replica can go on after a crash; gone when the job ends.
import_chunks = sa.Table(
    "import_chunks",
    metadata,
    _of_job(),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("data", sa.LargeBinary, nullable=False),
    sa.PrimaryKeyConstraint("job_id", "number"),
)

import_problems = sa.Table(
    "import_problems",
    metadata,
    _of_job(),
    sa.Column("line", sa.BigInteger, nullable=False),
    sa.Column("number", sa.BigInteger, sa.Identity(), nullable=False),
    sa.Column("organisation", sa.Text),
    sa.Column("field", sa.Text, nullable=False),
    sa.Column("problem", sa.Text, nullable=False),
    sa.Column("mend", sa.Text, nullable=False),
    sa.PrimaryKeyConstraint("job_id", "line", "number"),
)
