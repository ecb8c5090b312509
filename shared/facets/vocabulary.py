"""What the platform's taxonomy says about facets: its labels and keywords as words to look for."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files

from shared.contracts.organisation import Language
from shared.contracts.taxonomy import TaxonomyField
from shared.facets.rules import Facet

Vocabulary = Mapping[tuple[Facet, Language], tuple[str, ...]]
"""Words by facet and language, lower-case; the longest first."""

NO_VOCABULARY: Vocabulary = {}

_FACETS: Mapping[Facet, frozenset[str]] = {
    Facet.APPLICATION: frozenset(
        {"digital-twins", "meteo-geo", "culture-heritage", "medical-xr", "education-xr"}
    ),
    Facet.METHODS: frozenset(
        {
            "graphics-3d",
            "ai-generation",
            "spatial-computing",
            "networks-edge",
            "blockchain-identity",
        }
    ),
}
"""Which top fields name where something is used, and which how it is done."""


def vocabulary_of(fields: Iterable[TaxonomyField]) -> Vocabulary:
    """Labels and keywords of the fields below those that name a facet."""
    known = list(fields)
    parents = {field.code: field.parent for field in known}
    found: dict[tuple[Facet, Language], set[str]] = {}
    for field in known:
        root = _root(field.code, parents)
        for facet, roots in _FACETS.items():
            if root in roots:
                found.setdefault((facet, "zh"), set()).update(_words(field, "zh", field.zh))
                found.setdefault((facet, "en"), set()).update(_words(field, "en", field.en))
    return {key: tuple(sorted(some, key=lambda w: (-len(w), w))) for key, some in found.items()}


@cache
def taxonomy_vocabulary() -> Vocabulary:
    """Of the taxonomy that comes with the platform; read once, empty without the file."""
    try:
        content = (files("data") / "taxonomy.json").read_text(encoding="utf-8")
    except FileNotFoundError:
        return NO_VOCABULARY
    return vocabulary_of(TaxonomyField.model_validate(one) for one in json.loads(content))


def _root(code: str, parents: Mapping[str, str | None]) -> str:
    while (parent := parents.get(code)) is not None:
        code = parent
    return code


def _words(field: TaxonomyField, language: Language, label: str) -> Sequence[str]:
    return [word.lower() for word in (label, *field.keywords.get(language, ())) if len(word) > 1]
