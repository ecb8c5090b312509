"""Choosing zh or en from Accept-Language (RFC 9110, section 12.5.4)."""

from typing import Annotated

from fastapi import Depends, Header

from shared.contracts.organisation import Language


def preferred_language(accept_language: str) -> Language:
    """`zh` or `en`, whichever the header weighs more; `en` when it says nothing."""
    return asked_language(accept_language) or "en"


def asked_language(accept_language: str) -> Language | None:
    """`zh` or `en`, whichever the header weighs more; None when it says neither."""
    best: Language | None = None
    weight = 0.0
    for part in accept_language.split(","):
        tag, _, parameters = part.strip().partition(";")
        primary = tag.strip().lower().split("-")[0]
        if primary in ("zh", "en") and (quality := _quality(parameters)) > weight:
            best, weight = "zh" if primary == "zh" else "en", quality
    return best


async def _of_request(accept_language: Annotated[str, Header()] = "") -> Language | None:
    return asked_language(accept_language)


AskedLanguage = Annotated[Language | None, Depends(_of_request)]
"""The reader's language, where the request says it."""


def _quality(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
