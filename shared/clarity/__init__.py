"""Whether a text says enough to be matched, and what to ask where it does not. Pure."""
