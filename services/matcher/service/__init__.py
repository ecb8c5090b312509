"""The matcher's use cases."""
