"""What an API key looks like: `hz_<prefix>_<secret>`. Pure.

The secret has 256 random bits, so that a plain SHA-256 is safe to keep: there is nothing to
guess. The prefix only finds the row.
"""

import re
import secrets
import string
from dataclasses import dataclass
from hashlib import sha256

_SHAPE = re.compile(r"hz_([a-z0-9]{8})_[A-Za-z0-9_-]{43}")
_ALPHABET = string.ascii_lowercase + string.digits


@dataclass(frozen=True)
class NewApiKey:
    """A key as it is shown once, and what is kept of it."""

    text: str
    prefix: str
    digest: bytes


def generate() -> NewApiKey:
    """A fresh key."""
    prefix = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    text = f"hz_{prefix}_{secrets.token_urlsafe(32)}"
    return NewApiKey(text, prefix, digest(text))


def prefix_of(text: str) -> str | None:
    """The prefix of a well-formed key."""
    match = _SHAPE.fullmatch(text)
    return match.group(1) if match else None


def digest(text: str) -> bytes:
    """SHA-256 of the whole key."""
    return sha256(text.encode()).digest()


def matches(text: str, expected: bytes) -> bool:
    """Whether the key has this digest, in constant time."""
    return secrets.compare_digest(digest(text), expected)
