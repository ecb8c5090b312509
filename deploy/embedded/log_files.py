"""Log files: rotated at each start, their last lines shown when something fails."""

import json
from collections import deque
from pathlib import Path

_KEPT = 3
_WIDTH = 300


def rotate(file: Path, *, kept: int = _KEPT) -> None:
    """Move `file` to `file.1`, `file.1` to `file.2` and so on; the oldest goes."""
    if not file.exists() or file.stat().st_size == 0:
        return
    for number in range(kept - 1, 0, -1):
        older = file.with_name(f"{file.name}.{number}")
        if older.exists():
            older.replace(file.with_name(f"{file.name}.{number + 1}"))
    file.replace(file.with_name(f"{file.name}.1"))


def last_lines(file: Path, count: int = 15) -> str:
    """The end of a log; empty where there is none."""
    try:
        with file.open(errors="replace") as opened:
            return "".join(deque(opened, maxlen=count)).rstrip()
    except OSError:
        return ""


def readable_tail(file: Path, count: int = 8) -> str:
    """The last lines for a person: of a JSON line its time, level, event and the error's end."""
    return "\n".join(_readable(line)[:_WIDTH] for line in last_lines(file, count).splitlines())


def _readable(line: str) -> str:
    try:
        entry = json.loads(line)
        error = str(entry.get("exception", "")).strip().rsplit("\n", 1)[-1]
        return f"{entry['timestamp']} {entry['level']} {entry['event']} {error}".rstrip()
    except (ValueError, KeyError, TypeError, AttributeError):
        return line
