"""Cells that a spreadsheet program shows as text whatever they start with.

A cell that starts like a formula gets an apostrophe before it (OWASP, CSV injection); one that
starts with an apostrophe in that place gets another, so that reading undoes exactly what
writing did.
"""

import re

_FORMULA = re.compile("^'*[=+\\-@\t\r\n＝＋－＠]")
_WRITTEN = re.compile("^'+[=+\\-@\t\r\n＝＋－＠]")


def as_text(value: str) -> str:
    """The cell to write."""
    return f"'{value}" if _FORMULA.match(value) else value


def from_text(cell: str) -> str:
    """The value of a cell that `as_text` may have written."""
    return cell[1:] if _WRITTEN.match(cell) else cell
