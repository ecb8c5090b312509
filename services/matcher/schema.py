"""The matcher's tables."""

import sqlalchemy as sa

from services.matcher.embedding.schema import embedding_table
from services.matcher.storage.tables import matcher_tables

metadata = sa.MetaData()

embedding = embedding_table(metadata)
tables = matcher_tables(metadata)
