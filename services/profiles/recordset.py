"""Inserting any number of rows by one statement with one parameter.

A row of VALUES per record would reach the protocol's limit of 32,767 parameters, and would be
compiled anew for each number of rows; `json_populate_recordset` has neither fault.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import Insert, insert


def insert_rows(table: sa.Table, rows: Sequence[dict[str, Any]]) -> Insert:
    """An insert of rows, all with the same columns."""
    names = list(rows[0])
    records = sa.func.json_populate_recordset(
        sa.text(f'null::"{table.name}"'),
        sa.cast(sa.literal(json.dumps(rows, default=_plain, ensure_ascii=False), sa.Text), sa.JSON),
    ).table_valued(*(sa.column(name, table.c[name].type) for name in names))
    return insert(table).from_select(names, sa.select(*(records.c[name] for name in names)))


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return f"\\x{value.hex()}"
    raise TypeError(f"no JSON form for {type(value).__name__}")
