"""Texts that break logs, pages and databases, and profiles with one of them in each field."""

from collections.abc import Iterator
from typing import Any

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "markup": "\"><img src=x onerror=alert(1)>'{{7*7}}${7*7}",
    "bidi": "evil\u202egnp.exe\u2066\u2069\u200f",
    "carriage return": 'a\r\nSet-Cookie: x=1\r\n{"event": "forged"}',
    "separators": "a\u2028b\u2029c\x85d\x0be",
    "nul": "a\x00b long enough",
    "lone surrogate": "a\ud800b long enough",
    "escape": "\x1b[31mred\x1b[0m \x07",
    "sql": "'; drop table organisations; --",
    "format": "%s %n {0} {x!r} %(x)s",
}


def profiles_with(text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """For each text field, its path and a profile with the text there."""
    for path in _FIELDS:
        profile: dict[str, Any] = {"kind": "other", "names": {"en": "Hostile"}}
        _put(profile, path.split("."), text)
        yield path, profile


_FIELDS = (
    "names.zh",
    "names.en",
    "uscc",
    "ror",
    "country",
    "province",
    "city",
    "city_name",
    "activity",
    "website",
    "contacts.0.name",
    "contacts.0.email",
    "contacts.0.phone",
    "contacts.0.role",
    "fields.0",
    "exclusions.0",
    "collaborations.0.organisation",
    *(
        f"{side}.0.{field}"
        for side in ("capabilities", "needs")
        for field in ("id", "text", "language", "fields.0", "visibility", "valid_until")
    ),
    *(f"capabilities.0.facets.{f}" for f in ("materials", "methods", "effect", "product")),
)
_DEFAULTS: dict[str, dict[str, Any]] = {
    "contacts": {"name": "N", "email": "n@example.org"},
    "collaborations": {"organisation": "x"},
    "capabilities": {"id": "s", "text": "Something harmless"},
    "needs": {"id": "s", "text": "Something harmless"},
}


def _put(profile: dict[str, Any], path: list[str], text: str) -> None:
    match path:
        case [name, "0"]:
            profile[name] = [text]
        case [name, "0", *rest]:
            profile[name] = [dict(_DEFAULTS[name])]
            _put(profile[name][0], rest, text)
        case [name]:
            profile[name] = text
        case [name, *rest]:
            _put(profile.setdefault(name, {}), rest, text)


def at(profile: dict[str, Any], path: str) -> Any:
    """What a profile has at such a path."""
    found: Any = profile
    for part in path.split("."):
        found = found[int(part)] if part.isdigit() else found[part]
    return found
