"""Making readable, unguessable ids."""

import re
import unicodedata

from shared.contracts.organisation import Names

_LONGEST_SLUG = 40


def slug(name: str) -> str:
    """Lower-case ASCII words joined by hyphens; empty where the name has no Latin letters."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return words[:_LONGEST_SLUG].rstrip("-")


def make_organisation_id(names: Names, token: str) -> str:
    """An id from the English name and `token` (random, so that ids do not collide)."""
    return f"{slug(names.en or '') or 'org'}-{token}"
