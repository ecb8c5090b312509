"""Forms of browsers: into fields, and only from our own pages."""

import re
from typing import Any

from fastapi import Request
from starlette.datastructures import FormData, UploadFile

from services.gateway.accounts.secret import is_form_token
from shared.errors import ProblemError

TOKEN_FIELD = "form_token"  # noqa: S105 - a field's name
TOKEN_HEADER = "X-Form-Token"  # noqa: S105
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN_SITE = frozenset({"same-origin", "none"})
_LINES = re.compile(r"\r\n?")


def plain_fields(form: FormData) -> dict[str, Any]:
    """Texts of a form: empty ones left out, several of one name as a list, dots as objects."""
    fields: dict[str, Any] = {}
    for name in form:
        given = [one for one in form.getlist(name) if not isinstance(one, UploadFile)]
        values = [_LINES.sub("\n", one) for one in given if one.strip()]
        if name != TOKEN_FIELD and values:
            _put(fields, name.removesuffix("[]").split("."), _value(name, values))
    return fields


def _value(name: str, values: list[str]) -> str | list[str]:
    """`name[]` is a list even with one value."""
    return values if len(values) > 1 or name.endswith("[]") else values[0]


def _put(fields: dict[str, Any], path: list[str], value: str | list[str]) -> None:
    for part in path[:-1]:
        inner = fields.setdefault(part, {})
        if not isinstance(inner, dict):
            return
        fields = inner
    fields[path[-1]] = value


async def require_own_form(request: Request) -> None:
    """What changes something must come from a page of ours and carry this browser's token.

    Raises ProblemError `forbidden` for another origin, `form_expired` for a wrong token.
    """
    if request.method in _SAFE:
        return
    if not _same_origin(request):
        raise ProblemError("form_expired")
    offered = request.headers.get(TOKEN_HEADER) or str((await request.form()).get(TOKEN_FIELD, ""))
    if not is_form_token(offered, request.state.form_secret):
        raise ProblemError("form_expired")


def _same_origin(request: Request) -> bool:
    """By Sec-Fetch-Site, else by Origin; a browser that sends neither has the token alone."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in _OWN_SITE
    origin = request.headers.get("origin")
    return origin is None or origin.partition("://")[2] == request.headers.get("host", "")
