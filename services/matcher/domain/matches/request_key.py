"""Requests that are sent twice."""

from dataclasses import dataclass


@dataclass(frozen=True)
class KeyUse:
    """What an Idempotency-Key came with, and what it made."""

    digest: bytes
    created: str
