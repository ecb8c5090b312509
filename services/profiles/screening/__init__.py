"""Policy screening: what statements run into, flags, appeals and their decisions."""
