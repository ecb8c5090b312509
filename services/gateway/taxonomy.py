"""Reading the taxonomy that the distribution carries."""

import json
from importlib.resources import files

from shared.contracts.taxonomy import Taxonomy


def load_taxonomy() -> Taxonomy:
    """All fields, as they stand in the file."""
    text = files("data").joinpath("taxonomy.json").read_text("utf-8")
    return Taxonomy.model_validate({"fields": json.loads(text)})
