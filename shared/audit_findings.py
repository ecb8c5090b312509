"""Reading a whole trail that keeps each entry's previous digest, past its faults. Pure.

`audit_chain.Verifier` ends at the first fault. With the previous digest beside each entry the
ones after it can still be checked, so that every edited one is named.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from shared.audit_chain import Content, Head, digest_of
from shared.contracts.audit import AuditFinding, Tampering

_MOST = 100


@dataclass(frozen=True)
class LinkedEntry:
    """One entry as it is stored."""

    number: int
    previous: str
    content: Content
    digest: str


@dataclass
class TrailReader:
    """Reads entries in their order, page by page; `anchor` is a head that was noted before."""

    anchor: Head | None = None
    entries: int = 0
    head: Head = field(default_factory=Head)
    findings: list[AuditFinding] = field(default_factory=list)

    def take(self, entries: Iterable[LinkedEntry]) -> None:
        """Go on with these."""
        for entry in entries:
            self._follow(entry)
            if entry.digest != digest_of(entry.previous, entry.number, entry.content):
                self._find(entry.number, Tampering.EDITED)
            if self.anchor and entry.number == self.anchor.number:
                self._hold(entry)
            self.entries += 1
            self.head = Head(entry.number, entry.digest)

    def end(self, kept: Head) -> tuple[AuditFinding, ...]:
        """All findings, once the trail has been read; `kept` is where its writer says it ends."""
        last = max(kept.number, self.anchor.number if self.anchor else 0)
        if last > self.head.number:
            self._find(self.head.number + 1, Tampering.MISSING, last)
        elif kept != self.head:
            self._find(self.head.number, Tampering.BROKEN_LINK)
        return tuple(self.findings[:_MOST])

    def _follow(self, entry: LinkedEntry) -> None:
        if entry.number != self.head.number + 1:
            self._find(self.head.number + 1, Tampering.MISSING, entry.number - 1)
        elif entry.previous != self.head.digest:
            self._find(entry.number, Tampering.BROKEN_LINK)

    def _hold(self, entry: LinkedEntry) -> None:
        assert self.anchor
        if entry.digest != self.anchor.digest:
            self._find(entry.number, Tampering.REPLACED)

    def _find(self, seq: int, problem: Tampering, until: int | None = None) -> None:
        if len(self.findings) < _MOST:
            several = until if until and until > seq else None
            self.findings.append(AuditFinding(seq=seq, problem=problem, until=several))
