"""Error codes, one module for each part of the platform."""
