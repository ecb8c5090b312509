"""The taxonomy of research fields from `data/taxonomy.json`."""

import json
from functools import cache
from importlib.resources import files

import structlog

from services.profiles.domain.taxonomy import Taxonomy

_log = structlog.get_logger("profiles")


@cache
def load_taxonomy() -> Taxonomy:
    """Read once. Without the file any code is accepted."""
    try:
        content = (files("data") / "taxonomy.json").read_text(encoding="utf-8")
    except FileNotFoundError:
        _log.warning("taxonomy_missing")
        return Taxonomy({})
    return Taxonomy({node["code"]: node.get("parent") for node in json.loads(content)})
