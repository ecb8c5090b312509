"""The fields that organisations and statements are filed under."""

from pydantic import BaseModel, ConfigDict

from shared.contracts.base import Contract


class TaxonomyField(BaseModel):
    """A node: code, names, the code of the field above it, and words that belong to it."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    code: str
    zh: str
    en: str
    parent: str | None = None
    keywords: dict[str, tuple[str, ...]] = {}


class Taxonomy(Contract):
    """All fields; a parent stands before its children."""

    fields: tuple[TaxonomyField, ...]
