"""Use cases on matches: each one transaction, with its audit row and its event."""
