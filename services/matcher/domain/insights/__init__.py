"""Figures about the whole platform; pure."""
