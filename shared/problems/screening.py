"""Error codes of policy screening."""

from shared.problems.entry import Entry

SCREENING: dict[str, Entry] = {}
