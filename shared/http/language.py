"""Choosing zh or en from Accept-Language (RFC 9110, section 12.5.4)."""


def preferred_language(accept_language: str) -> str:
    """`zh` or `en`, whichever the header weighs more; `en` when it says nothing."""
    best, weight = "en", 0.0
    for part in accept_language.split(","):
        tag, _, parameters = part.strip().partition(";")
        primary = tag.strip().lower().split("-")[0]
        if primary in ("zh", "en") and (quality := _quality(parameters)) > weight:
            best, weight = primary, quality
    return best


def _quality(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
