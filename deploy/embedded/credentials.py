"""Secrets of one installation, made at its first start."""

import os
import secrets
from pathlib import Path

_INTERNAL_SECRET = "internal-secret"  # noqa: S105 - a file's name
_LEAST_LENGTH = 32


def ensure_internal_secret(directory: Path) -> str:
    """The secret that the services share; made once, readable by the owner alone."""
    file = directory / _INTERNAL_SECRET
    if file.exists() and len(kept := file.read_text().strip()) >= _LEAST_LENGTH:
        return kept
    secret = secrets.token_urlsafe(48)
    temporary = directory / f".{_INTERNAL_SECRET}"
    temporary.unlink(missing_ok=True)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as opened:
        opened.write(secret)
    temporary.replace(file)
    return secret
