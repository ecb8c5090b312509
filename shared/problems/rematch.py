"""Error codes of rematch jobs, schedules and allocation."""

from shared.problems.entry import Entry

REMATCH: dict[str, Entry] = {}
