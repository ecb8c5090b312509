"""Error codes of accounts, sessions and the console."""

from shared.problems.entry import Entry

ACCOUNTS: dict[str, Entry] = {}
