"""Use cases of published calls."""
