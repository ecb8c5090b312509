"""If-Match and Idempotency-Key for what the gateway keeps itself. Pure."""

import hashlib
import re

from pydantic import BaseModel

from shared.errors import ProblemError

_ETAG = re.compile(r'"(\d{1,9})"')
_KEY = re.compile(r"[\x21-\x7e]{1,200}")


def etag(version: int) -> str:
    """The strong entity tag of a version."""
    return f'"{version}"'


def expected_version(if_match: str | None) -> int | None:
    """The version that the writer has read; None for `*`. Raises "version_required".

    What is no tag of ours matches nothing: -1.
    """
    if if_match is None:
        raise ProblemError("version_required")
    if if_match.strip() == "*":
        return None
    found = _ETAG.fullmatch(if_match.strip())
    return int(found[1]) if found else -1


def require_version(current: int, expected: int | None) -> None:
    """Raises ProblemError("stale_version") unless it is the expected one."""
    if expected is not None and expected != current:
        raise ProblemError("stale_version", current=current, headers={"ETag": etag(current)})


def idempotency_key(header: str | None) -> str | None:
    """The key, where one is given that can be kept. Raises ProblemError("conflict")."""
    if header is not None and not _KEY.fullmatch(header):
        raise ProblemError("conflict", reason="the Idempotency-Key is not 1 to 200 letters")
    return header


def body_digest(body: BaseModel) -> str:
    """Tells two bodies apart."""
    return hashlib.sha256(body.model_dump_json().encode()).hexdigest()


def require_same_body(kept: str | None, given: str) -> None:
    """Raises ProblemError("idempotency_key_reused") for another body."""
    if kept != given:
        raise ProblemError("idempotency_key_reused")
