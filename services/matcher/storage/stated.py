"""A fingerprint of all that an organisation states."""

import sqlalchemy as sa


def fingerprint(organisation: sa.FromClause) -> sa.ColumnElement[str]:
    """Of the row's digests; another one for every other set of statements."""
    joined = sa.func.array_to_string(organisation.c.digests, ",")
    return sa.func.encode(sa.func.sha256(sa.func.convert_to(joined, "UTF8")), "hex")
