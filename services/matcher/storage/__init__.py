"""The matcher's rows in PostgreSQL; they never leave this package."""
