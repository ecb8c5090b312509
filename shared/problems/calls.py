"""Error codes of calls and their teams."""

from shared.problems.entry import Entry

CALLS: dict[str, Entry] = {}
