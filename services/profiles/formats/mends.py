"""Validation errors in words: what is wrong and how to mend it."""

from collections.abc import Callable, Mapping

from pydantic_core import ErrorDetails

_PATTERNS = {
    "id": (
        "may hold letters, digits and . _ : ~ - only",
        "use 1 to 64 of them, starting with a letter or digit",
    ),
    "email": ("is not an e-mail address", "write it as name@example.org"),
    "website": ("is not a web address", "write it with https://"),
    "country": ("is not a country code", "use two capital letters (ISO 3166), for instance CN"),
    "province": (
        "is not a province",
        "use the six-digit code (GB/T 2260) or the name, for instance 320000, 江苏省 or Jiangsu",
    ),
    "city": (
        "is not a city code",
        "use the six-digit code (GB/T 2260) or put the name in city_name",
    ),
    "fields": ("is not a field code", "use codes of the taxonomy, for instance xr-display"),
}
_OTHER_PATTERN = ("has a form that is not allowed", "check it against the format's description")


def explain(error: ErrorDetails) -> tuple[str, str]:
    """The problem and its mend, for one of pydantic's errors; the input is not repeated."""
    rule = _RULES.get(error["type"])
    if rule is not None:
        return rule(error)
    if error["type"].startswith("date"):
        return "is not a date", "write it as YYYY-MM-DD"
    problem, _, mend = error["msg"].removeprefix("Value error, ").partition("; ")
    if problem.startswith("give "):
        return "is not complete", problem
    return problem, mend or "correct the value"


def _context(error: ErrorDetails) -> Mapping[str, object]:
    return error.get("ctx") or {}


def _too_long(error: ErrorDetails) -> tuple[str, str]:
    limit, length = _context(error).get("max_length"), len(str(error["input"]))
    mend = "shorten it, or split it into several statements" if limit == 8000 else "shorten it"
    return f"has {length} characters; at most {limit} are allowed", mend


def _too_short(error: ErrorDetails) -> tuple[str, str]:
    limit, length = _context(error).get("min_length"), len(str(error["input"]).strip())
    return (
        f"has {length} characters; at least {limit} are needed",
        "say more, or leave it out altogether",
    )


def _pattern(error: ErrorDetails) -> tuple[str, str]:
    named = [part for part in error["loc"] if isinstance(part, str)]
    return _PATTERNS.get(named[-1] if named else "", _OTHER_PATTERN)


def _too_many(error: ErrorDetails) -> tuple[str, str]:
    if isinstance(error["input"], str):
        return _too_long(error)
    context = _context(error)
    return (
        f"has {context.get('actual_length')} entries; at most {context.get('max_length')} fit",
        "keep the most important ones",
    )


def _choice(error: ErrorDetails) -> tuple[str, str]:
    return "is not one of the allowed values", f"use {_context(error).get('expected')}"


def _at_least(error: ErrorDetails) -> tuple[str, str]:
    return "is too small", f"use {_context(error).get('ge')} or more"


def _at_most(error: ErrorDetails) -> tuple[str, str]:
    return "is too large", f"use {_context(error).get('le')} or less"


def _said(problem: str, mend: str) -> Callable[[ErrorDetails], tuple[str, str]]:
    return lambda _error: (problem, mend)


_RULES: dict[str, Callable[[ErrorDetails], tuple[str, str]]] = {
    "missing": _said("is missing", "add it"),
    "extra_forbidden": _said("is not a known field", "check its spelling, or remove it"),
    "string_too_long": _too_long,
    "string_too_short": _too_short,
    "string_pattern_mismatch": _pattern,
    "string_type": _said("is not a text", "write it as a text"),
    "too_long": _too_many,
    "too_short": _too_short,
    "enum": _choice,
    "literal_error": _choice,
    "int_parsing": _said("is not a whole number", "write it in digits"),
    "int_type": _said("is not a whole number", "write it in digits"),
    "int_from_float": _said("is not a whole number", "write it without decimals"),
    "greater_than_equal": _at_least,
    "less_than_equal": _at_most,
    "model_type": _said("is not an object", "write it as {...} with its fields"),
    "tuple_type": _said("is not a list", "write it as [...]"),
}
