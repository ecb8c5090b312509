"""The terminal's language, by the order POSIX gives the variables."""

import os
from collections.abc import Mapping


def terminal_language(environment: Mapping[str, str] = os.environ) -> str:
    """`zh` or `en`."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def name_in(names: Mapping[str, str | None], language: str | None = None) -> str:
    """An organisation's name in the terminal's language, or in the other where it lacks."""
    wanted = language or terminal_language()
    return names.get(wanted) or names.get("zh") or names.get("en") or ""
