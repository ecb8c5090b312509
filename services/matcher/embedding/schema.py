"""The table of the embedding store."""

import sqlalchemy as sa


def embedding_table(metadata: sa.MetaData) -> sa.Table:
    """Vectors by model and content; float32, little-endian, no header."""
    return sa.Table(
        "embedding",
        metadata,
        sa.Column("model", sa.Text, primary_key=True),
        sa.Column("digest", sa.LargeBinary, primary_key=True),
        sa.Column("vector", sa.LargeBinary, nullable=False),
    )
