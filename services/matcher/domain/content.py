"""What an embedding is a function of, besides its model."""

from hashlib import blake2b

from shared.contracts.organisation import Side


def content_digest(text: str, side: Side) -> bytes:
    """BLAKE2b-256 of side and text, 32 bytes."""
    return blake2b(f"{side.value}\x00{text}".encode(), digest_size=32).digest()
