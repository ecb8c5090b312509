"""Sentences of policy screening."""

SCREENING: dict[str, str] = {}
