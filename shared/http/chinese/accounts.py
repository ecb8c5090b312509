"""Sentences of accounts, sessions and the console."""

ACCOUNTS: dict[str, str] = {}
