"""Which version a writer has read (RFC 9110, section 13.1.1)."""

import re
from dataclasses import dataclass

from shared.errors import ProblemError

_ETAG = re.compile(r'"(\d{1,18})"')


def etag(version: int) -> str:
    """The strong entity tag of a version."""
    return f'"{version}"'


@dataclass(frozen=True)
class Expected:
    """From If-Match; a tag that is none of ours matches nothing."""

    versions: frozenset[int] | None
    """None where none was given."""

    @classmethod
    def of(cls, header: str | None) -> "Expected":
        """Of the header's text."""
        if header is None:
            return cls(None)
        found = filter(None, (_ETAG.fullmatch(tag.strip()) for tag in header.split(",")))
        return cls(frozenset(int(one[1]) for one in found))

    def require(self, current: int) -> None:
        """Raises ProblemError `version_required` or `stale_version` unless this was read."""
        if self.versions is None:
            raise ProblemError("version_required")
        if current not in self.versions:
            raise ProblemError("stale_version", current=current, headers={"ETag": etag(current)})
