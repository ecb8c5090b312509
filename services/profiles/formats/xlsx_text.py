"""Characters that XML cannot hold, escaped as `_x000D_` (ECMA-376, ST_Xstring)."""

import re

_TO_ESCAPE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def escaped(text: str) -> str:
    """As it is stored in the sheet."""
    return _TO_ESCAPE.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def unescaped(text: str) -> str:
    """As people see it."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
