"""Stores organisations with their capabilities and needs: the truth."""
