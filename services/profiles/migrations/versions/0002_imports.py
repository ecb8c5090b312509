"""Import jobs, the files they read and the problems they report."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

COUNTS = ("rows", "created", "updated", "unchanged", "rejected", "statements")


def upgrade() -> None:
    _jobs()
    _chunks()
    _problems()


def downgrade() -> None:
    for table in ("import_problems", "import_chunks", "import_jobs"):
        op.drop_table(table)


def _jobs() -> None:
    op.create_table(
        "import_jobs",
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
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("progress_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
    )
    op.create_index(
        "import_jobs_open",
        "import_jobs",
        ["number"],
        postgresql_where=sa.text("status in ('receiving', 'running')"),
    )


def _chunks() -> None:
    op.create_table(
        "import_chunks",
        _of_job(),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("job_id", "number"),
    )


def _problems() -> None:
    op.create_table(
        "import_problems",
        _of_job(),
        sa.Column("line", sa.BigInteger, nullable=False),
        sa.Column("number", sa.BigInteger, sa.Identity(), nullable=False),
        sa.Column("organisation", sa.Text),
        sa.Column("field", sa.Text, nullable=False),
        sa.Column("problem", sa.Text, nullable=False),
        sa.Column("mend", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("job_id", "line", "number"),
    )


def _of_job() -> sa.Column[object]:
    reference = sa.ForeignKey("import_jobs.id", ondelete="CASCADE")
    return sa.Column("job_id", sa.Text(collation="C"), reference, nullable=False)
