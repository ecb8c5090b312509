"""Secrets that are handed out once: 256 random bits, kept as SHA-256. Pure.

There is nothing to guess in such a secret, so a plain digest is safe to keep.
"""

import hmac
import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256


def generate() -> str:
    """43 characters that are safe in a cookie and in a URL."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> bytes:
    """What is kept of it."""
    return sha256(secret.encode("utf-8", "surrogatepass")).digest()


def form_token(secret: str) -> str:
    """The token that forms of this browser carry; it does not give the secret away."""
    made = hmac.digest(secret.encode("utf-8", "surrogatepass"), b"hezuo-console-form", "sha256")
    return urlsafe_b64encode(made).rstrip(b"=").decode()


def is_form_token(offered: str, secret: str) -> bool:
    """Whether the form came from a page of this browser, in constant time."""
    return hmac.compare_digest(offered.encode("utf-8", "replace"), form_token(secret).encode())
