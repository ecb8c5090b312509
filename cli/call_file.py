"""A call in a file."""

import json
import sys
from pathlib import Path

from cli.failures import CommandError


def read_call(file: Path) -> dict[str, object]:
    """The JSON object. Raises CommandError that names the file and the line."""
    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{file} cannot be read: {error}") from error
    try:
        call = json.loads(text)
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        raise CommandError(f"{file}, line {line}: this is not JSON ({error})") from error
    if not isinstance(call, dict):
        raise CommandError(f"{file}: a call is a JSON object with title and requirements")
    return call
