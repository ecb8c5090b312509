"""A match's steps, read from the audit trail."""

from collections.abc import Sequence

from shared.contracts.audit import AuditEntry
from shared.contracts.decisions import Reason
from shared.contracts.match_document import HistoryEntry
from shared.contracts.matches import MatchChange, MatchState


def history_of(entries: Sequence[AuditEntry]) -> tuple[HistoryEntry, ...]:
    """In their order, for staff."""
    return tuple(_step(entry) for entry in entries)


def _step(entry: AuditEntry) -> HistoryEntry:
    told = entry.details
    reasons = str(told.get("reasons") or "")
    organisation = told.get("organisation")
    return HistoryEntry(
        seq=entry.seq,
        change=MatchChange(entry.action),
        from_state=_state(told.get("from")),
        to_state=_state(told.get("to")),
        organisation=str(organisation) if organisation else None,
        reasons=tuple(Reason(one) for one in reasons.split(",") if one),
        by=entry.actor,
        at=entry.at,
    )


def _state(name: object) -> MatchState | None:
    return MatchState(str(name)) if name else None
