"""The public edge: identity, rights, limits, the typed API."""
