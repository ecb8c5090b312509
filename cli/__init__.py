"""The `hezuo` command."""
