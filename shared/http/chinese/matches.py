"""Sentences of matches, decisions and introductions."""

MATCHES: dict[str, str] = {}
