"""Demo profiles, the taxonomy and other data that ship with the platform."""
