"""A tamper-evident trail: each entry's digest covers the digest of the one before. Pure.

An entry changed, exchanged or taken out of the middle breaks the chain at its place; one taken
from the end does not, so the writer keeps `Head` (how many, and the last digest) in a row of
its own, changed in the transaction that adds the entry. (Haber & Stornetta 1991.)
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

GENESIS = "0" * 64
"""What the first entry is chained to."""
Content = Mapping[str, str | int | float | bool | None]
"""What an entry says; moments as ISO 8601 texts in UTC, so that storage cannot change them."""


@dataclass(frozen=True)
class Head:
    """Where a trail ends."""

    number: int = 0
    digest: str = GENESIS


@dataclass(frozen=True)
class Entry:
    """One entry as it is stored; numbers start at 1 and have no gaps."""

    number: int
    content: Content
    digest: str


@dataclass(frozen=True)
class Broken:
    """The first entry that is not as it was written."""

    number: int
    problem: str


def link(head: Head, content: Content) -> Entry:
    """The next entry after a head."""
    number = head.number + 1
    return Entry(number, content, digest_of(head.digest, number, content))


def digest_of(previous: str, number: int, content: Content) -> str:
    """SHA-256, as 64 hex digits, over the digest before, the number and the canonical JSON."""
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{number}\n{canonical}".encode()).hexdigest()


class Verifier:
    """Reads a trail in its order, page by page."""

    def __init__(self) -> None:
        self.head = Head()

    def take(self, entries: Iterable[Entry]) -> Broken | None:
        """Go on with these; the first fault, after which nothing more can be said."""
        for entry in entries:
            expected = self.head.number + 1
            if entry.number != expected:
                return Broken(expected, f"entry {expected} is missing")
            if entry.digest != digest_of(self.head.digest, entry.number, entry.content):
                return Broken(entry.number, f"entry {entry.number} was changed")
            self.head = Head(entry.number, entry.digest)
        return None

    def end(self, kept: Head) -> Broken | None:
        """Whether the trail ends where its writer says it does."""
        if self.head == kept:
            return None
        missing = self.head.number + 1
        if kept.number > self.head.number:
            return Broken(missing, f"entry {missing} is missing")
        return Broken(kept.number + 1, f"the trail was kept to entry {kept.number} only")


def verify(entries: Iterable[Entry], kept: Head) -> Broken | None:
    """The first fault of a whole trail, or None."""
    verifier = Verifier()
    return verifier.take(entries) or verifier.end(kept)
