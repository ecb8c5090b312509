"""What a browser keeps for us between two pages: signed, so that nobody else has written it."""

from dataclasses import dataclass, field
from typing import Any, Literal

from itsdangerous import BadSignature, URLSafeSerializer, URLSafeTimedSerializer

Tone = Literal["success", "notice", "problem"]


@dataclass(frozen=True)
class Said:
    """A sentence (a key of the catalogue) with its values."""

    text: str
    values: dict[str, str] = field(default_factory=dict)
    tone: Tone = "success"
    undo: str | None = None
    """A path to POST to, to take it back."""


class Flashes:
    """Into a cookie and out of it."""

    def __init__(self, secret: str) -> None:
        self._serializer = URLSafeSerializer(secret, salt="hezuo-console-flash")

    def write(self, said: Said) -> str:
        """The cookie's value."""
        written = self._serializer.dumps([said.text, said.values, said.tone, said.undo])
        return written if isinstance(written, str) else written.decode()

    def read(self, cookie: str) -> Said | None:
        """What it says, where it is ours."""
        try:
            text, values, tone, undo = self._serializer.loads(cookie)
            return Said(text, values, tone, undo)
        except (BadSignature, ValueError, TypeError):
            return None


class Attempts:
    """Logins that are under way at an identity provider."""

    def __init__(self, secret: str) -> None:
        self._serializer = URLSafeTimedSerializer(secret, salt="hezuo-console-login")

    def write(self, attempt: dict[str, str]) -> str:
        """The cookie's value."""
        written = self._serializer.dumps(attempt)
        return written if isinstance(written, str) else written.decode()

    def read(self, cookie: str, *, seconds: int) -> dict[str, Any] | None:
        """What was written, where it is ours and not older than that."""
        try:
            found: dict[str, Any] = self._serializer.loads(cookie, max_age=seconds)
        except BadSignature:
            return None
        return found
