"""Error codes of matches, decisions and introductions."""

from shared.problems.entry import Entry

MATCHES: dict[str, Entry] = {}
