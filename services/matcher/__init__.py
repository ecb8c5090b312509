"""Embeds statements, indexes them and suggests partners with reasons."""
