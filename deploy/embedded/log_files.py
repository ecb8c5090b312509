"""Log files: rotated at each start, their last lines shown when something fails."""

import json
import os
import shutil
from collections import deque
from pathlib import Path

_KEPT = 3
_LARGEST_BYTES = 50 * 1024 * 1024
_UNTOLD = frozenset({"service", "logger"})
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


def cut_large(file: Path, *, largest: int = _LARGEST_BYTES) -> bool:
    """Copy a log that has grown too large aside and empty it; True if that was done.

    Its writer keeps it open for appending, so it can be emptied but not moved. What is written
    between the copy and the cut is lost.
    """
    try:
        if file.stat().st_size <= largest:
            return False
        shutil.copyfile(file, file.with_name(f"{file.name}.1"))
        os.truncate(file, 0)
    except OSError:
        return False  # no space for the copy: the next look tries again
    return True


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


def readable_line(line: str) -> str:
    """A JSON line for a person: time, level, event, then what else it says; others as they are."""
    try:
        entry = json.loads(line)
        head = f"{entry.pop('timestamp')[:19]} {entry.pop('level'):7} {entry.pop('event')}"
    except (ValueError, KeyError, TypeError, AttributeError):
        return line
    exception = entry.pop("exception", None)
    said = " ".join(f"{name}={value}" for name, value in entry.items() if name not in _UNTOLD)
    return f"{head} {said}".rstrip() + (f"\n{exception}" if exception else "")


def _readable(line: str) -> str:
    try:
        entry = json.loads(line)
        error = str(entry.get("exception", "")).strip().rsplit("\n", 1)[-1]
        return f"{entry['timestamp']} {entry['level']} {entry['event']} {error}".rstrip()
    except (ValueError, KeyError, TypeError, AttributeError):
        return line
