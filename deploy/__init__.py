"""How the platform runs: embedded on one machine, or as containers."""
