"""Conditional requests (RFC 9110, section 13): who writes says what they have read."""

import re
from dataclasses import dataclass

from shared.errors import ProblemError

_ETAG = re.compile(r'"(\d{1,9})"')


def etag(version: int) -> str:
    """The strong entity tag of a version."""
    return f'"{version}"'


def names_version(header: str | None, version: int) -> bool:
    """Whether an If-None-Match header names this version (weak comparison)."""
    return header is not None and (header.strip() == "*" or str(version) in _ETAG.findall(header))


@dataclass(frozen=True)
class Precondition:
    """What a write expects to find."""

    versions: frozenset[int] = frozenset()
    any_version: bool = False
    absence: bool = False
    given: bool = False

    @classmethod
    def of(cls, if_match: str | None, if_none_match: str | None = None) -> "Precondition":
        """From the two headers; an If-Match that is no tag of ours matches nothing."""
        if if_none_match is not None and if_none_match.strip() == "*":
            return cls(absence=True, given=True)
        if if_match is None:
            return cls()
        tags = [tag.strip() for tag in if_match.split(",")]
        matches = filter(None, map(_ETAG.fullmatch, tags))
        return cls(
            versions=frozenset(int(match[1]) for match in matches),
            any_version="*" in tags,
            given=True,
        )

    def require(self, current: int) -> None:
        """Raises ProblemError `version_required` or `stale_version` unless this is expected."""
        if not self.given:
            raise ProblemError("version_required")
        self.allow(current)

    def allow(self, current: int) -> None:
        """Like `require`, for writes that may come without a precondition."""
        if self.given and not self.any_version and current not in self.versions:
            raise ProblemError("stale_version", current=current, headers={"ETag": etag(current)})
