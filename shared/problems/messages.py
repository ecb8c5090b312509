"""Error codes of messages, webhooks and event streams."""

from shared.problems.entry import Entry

MESSAGES: dict[str, Entry] = {}
