"""The terminal's language, by the order POSIX gives the variables."""

import os
from collections.abc import Mapping


def terminal_language(environment: Mapping[str, str] = os.environ) -> str:
    """`zh` or `en`."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"
