"""What a partition has come to, as bytes to be staged."""

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Evidence = dict[str, Any]
"""As JSON; of a match."""


@dataclass(frozen=True)
class FoundPartner:
    """A candidate with its mutual score, 0 to 1."""

    id: str
    score: float
    evidence: Evidence | None = None


@dataclass(frozen=True)
class Findings:
    """Of one organisation at a version, best first."""

    organisation: str
    version: int
    partners: tuple[FoundPartner, ...]


def to_bytes(findings: Sequence[Findings]) -> bytes:
    """The same for equal findings."""
    rows = [
        [one.organisation, one.version, [[p.id, p.score, p.evidence] for p in one.partners]]
        for one in findings
    ]
    return zlib.compress(json.dumps(rows, separators=(",", ":")).encode(), 3)


def from_bytes(staged: bytes) -> list[Findings]:
    """The inverse of `to_bytes`."""
    return [
        Findings(id, version, tuple(FoundPartner(*partner) for partner in partners))
        for id, version, partners in json.loads(zlib.decompress(staged))
    ]
