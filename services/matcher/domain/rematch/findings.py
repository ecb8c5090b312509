"""What a partition has come to, as bytes to be staged."""

import json
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Evidence = dict[str, Any]
"""As JSON; of a match."""


@dataclass(frozen=True)
class FoundPartner:
    """A candidate with its mutual score, 0 to 1."""

    id: str
    score: float
    must_haves: int = 0
    """One bit for each of the organisation's must-haves that it meets, in their order."""


@dataclass(frozen=True)
class Findings:
    """Of one organisation at a version, best first."""

    organisation: str
    version: int
    partners: tuple[FoundPartner, ...]
    must_haves: int = 0
    """How many it states, at most 62."""


def to_bytes(findings: Sequence[Findings]) -> bytes:
    """The same for equal findings."""
    rows = [
        [
            one.organisation,
            one.version,
            [[p.id, p.score, p.must_haves] for p in one.partners],
            one.must_haves,
        ]
        for one in findings
    ]
    return zlib.compress(json.dumps(rows, separators=(",", ":")).encode(), 3)


def from_bytes(staged: bytes) -> list[Findings]:
    """The inverse of `to_bytes`."""
    return [
        Findings(id, version, tuple(FoundPartner(*partner) for partner in partners), stated)
        for id, version, partners, stated in json.loads(zlib.decompress(staged))
    ]


def evidence_to_bytes(found: Mapping[str, Mapping[str, Evidence]]) -> bytes:
    """By organisation and partner; each organisation can be read alone."""
    packed = {id: zlib.compress(_json(partners), 3) for id, partners in found.items()}
    head = _json({id: len(one) for id, one in packed.items()})
    return b"".join([len(head).to_bytes(4, "big"), head, *packed.values()])


def evidence_from_bytes(
    staged: bytes, wanted: Mapping[str, Collection[str]]
) -> Iterator[tuple[str, str, Evidence]]:
    """Of the wanted organisations and partners: both, and the evidence."""
    start = 4 + int.from_bytes(staged[:4], "big")
    for id, length in json.loads(staged[4:start]).items():
        if partners := wanted.get(id):
            known = json.loads(zlib.decompress(staged[start : start + length]))
            yield from ((id, one, known[one]) for one in partners if one in known)
        start += length


def _json(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()
