"""Rematch jobs: what is stored of them, what changed between two runs, and how much may change."""
