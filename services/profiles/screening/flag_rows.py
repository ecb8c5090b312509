"""Rows of policy flags from flags, and flags from rows."""

from typing import Any

from services.profiles.domain.flags import Flag, Found
from shared.contracts.organisation import Side
from shared.contracts.screening import FlagState, FoundBy, Severity

CHANGING = (
    *("version", "found_by", "similarity", "spans", "state", "changed_at"),
    *("appeal", "appealed_at", "reason", "decided", "decided_at"),
)
"""Columns that a later version may change."""


def row_of(flag: Flag) -> dict[str, Any]:
    """The row of a flag."""
    found = flag.found
    return {
        "id": flag.id,
        "version": flag.version,
        "organisation_id": flag.organisation,
        "statement_id": found.statement,
        "side": found.side.value,
        "digest": found.digest,
        "rule": found.rule,
        "edition": found.edition,
        "severity": found.severity.value,
        "found_by": found.by.value,
        "similarity": found.similarity,
        "spans": [list(span) for span in found.spans],
        "state": flag.state.value,
        "raised_at": flag.raised_at,
        "changed_at": flag.changed_at,
        "appeal": flag.appeal,
        "appealed_at": flag.appealed_at,
        "reason": flag.reason,
        "decided": flag.decided.value if flag.decided else None,
        "decided_at": flag.decided_at,
    }


def flag_of(row: Any) -> Flag:
    """The flag in a row."""
    found = Found(
        statement=row.statement_id,
        side=Side(row.side),
        digest=row.digest,
        rule=row.rule,
        edition=row.edition,
        severity=Severity(row.severity),
        by=FoundBy(row.found_by),
        spans=tuple((start, end) for start, end in row.spans),
        similarity=row.similarity,
    )
    return Flag(
        id=row.id,
        version=row.version,
        organisation=row.organisation_id,
        found=found,
        state=FlagState(row.state),
        raised_at=row.raised_at,
        changed_at=row.changed_at,
        appeal=row.appeal,
        appealed_at=row.appealed_at,
        reason=row.reason,
        decided=FlagState(row.decided) if row.decided else None,
        decided_at=row.decided_at,
    )
