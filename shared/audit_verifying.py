"""Telling whether a stored trail is what was written."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime

from shared.audit_chain import Head
from shared.audit_findings import LinkedEntry, TrailReader
from shared.contracts.audit import AuditVerification

PORTION = 2000
ReadOn = Callable[[int], Awaitable[Sequence[LinkedEntry]]]
"""The next `PORTION` entries after a number, in the order of the chain."""


async def verified(kept: Head, anchor: str | None, read_on: ReadOn) -> AuditVerification:
    """The whole trail, in portions; what is added meanwhile is not looked at.

    `kept` is where its writer says that it ends, `anchor` a head that was noted before.
    """
    reader = TrailReader(_head(anchor))
    last = max(kept.number, reader.anchor.number if reader.anchor else 0)
    after = 0
    while portion := [one for one in await read_on(after) if one.number <= last]:
        reader.take(portion)
        after = portion[-1].number
    findings = reader.end(kept)
    return AuditVerification(
        intact=not findings,
        entries=reader.entries,
        head=f"{kept.number}:{kept.digest}" if kept.number else None,
        findings=findings,
        verified_at=datetime.now(UTC),
    )


def _head(anchor: str | None) -> Head | None:
    if anchor is None:
        return None
    number, _, digest = anchor.partition(":")
    return Head(int(number), digest)
