"""Sentences of calls and their teams."""

CALLS: dict[str, str] = {}
