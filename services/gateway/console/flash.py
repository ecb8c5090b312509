"""What is said once on the next page: signed, so that nobody else puts words into our mouth."""

from dataclasses import dataclass, field
from typing import Literal

from itsdangerous import BadSignature, URLSafeSerializer

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
