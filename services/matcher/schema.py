"""The matcher's tables."""

import sqlalchemy as sa

from services.matcher.embedding.schema import embedding_table

metadata = sa.MetaData()

embedding = embedding_table(metadata)
