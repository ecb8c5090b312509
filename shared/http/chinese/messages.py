"""Sentences of messages, webhooks and event streams."""

MESSAGES: dict[str, str] = {}
