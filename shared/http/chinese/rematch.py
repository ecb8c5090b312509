"""Sentences of rematch jobs, schedules and allocation."""

REMATCH: dict[str, str] = {}
