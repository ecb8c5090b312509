"""The tree of research fields from `data/taxonomy.json`."""

import json
from functools import cache
from importlib.resources import files

from services.matcher.domain.field_tree import NO_FIELDS, FieldTree


@cache
def load_fields() -> FieldTree:
    """Read once; no two fields are alike without the file."""
    try:
        content = (files("data") / "taxonomy.json").read_text(encoding="utf-8")
    except FileNotFoundError:
        return NO_FIELDS
    return FieldTree({node["code"]: node.get("parent") for node in json.loads(content)})
