"""Parts of a profile in words, to show two versions beside each other. Pure."""

from collections.abc import Mapping
from typing import Any


def in_words(value: Any) -> str:
    """A statement by its text and what else it says; lists one to a line; nothing as a dash."""
    if value is None or value in ("", [], {}):
        return "–"
    if isinstance(value, Mapping):
        return _of_object(value)
    if isinstance(value, list | tuple):
        return "\n".join(in_words(one) for one in value)
    return str(value)


def _of_object(value: Mapping[str, Any]) -> str:
    said = [str(value["text"])] if value.get("text") else []
    for name, part in value.items():
        if name not in ("id", "text") and part not in (None, "", [], {}):
            said.append(f"{name}: {in_words(part)}" if said or "text" in value else in_words(part))
    return "\n".join(said)
