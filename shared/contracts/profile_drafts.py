"""Draft capabilities and needs out of a text, a web page or a document, to correct and confirm.

Public routes (gateway):
- POST /v1/profile-drafts (`DraftRequest`: pasted text or the address of a page)
- POST /v1/profile-drafts/file?file_name (the file itself is the body: DOCX, PDF, HTML, plain text)
Both answer `ProfileDrafts`. Nothing is stored: what the member confirms is saved with the profile.
"""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from shared.contracts.base import Contract, Line, StatementId, Text
from shared.contracts.clarity import Clarity
from shared.contracts.organisation import Facets, FieldCode, Language, Side, Url

LONGEST_TEXT = 200_000
"""Characters of a pasted text."""


class DraftSource(StrEnum):
    """Where drafts come from."""

    TEXT = "text"
    URL = "url"
    FILE = "file"


class DraftRequest(Contract):
    """One of the two."""

    text: Annotated[Text, StringConstraints(min_length=1, max_length=LONGEST_TEXT)] | None = None
    url: Url | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if (self.text is None) == (self.url is None):
            raise ValueError("give a text or the address of a page: one of the two")
        return self


class FieldSuggestion(Contract):
    """A field of the taxonomy and the words that point to it."""

    code: FieldCode
    words: tuple[str, ...]


class SourceSnippet(Contract):
    """What a draft was made from, word for word."""

    text: str
    heading: str | None = None
    """The heading above it."""
    page: Annotated[int, Field(ge=1)] | None = None
    """Of a PDF."""


class StatementDraft(Contract):
    """A capability or a need as it was read; nothing of it is stored yet."""

    id: StatementId
    """c1, c2, ... and n1, n2, ...: ready to be the statement's id."""
    side: Side
    confidence: Annotated[float, Field(ge=0.0, le=1.0)]
    """How clearly the words tell the two sides apart; below 0.5 the member is asked to look."""
    cue: str | None
    """The words (of the sentence or of its heading) that decided the side."""
    text: str
    language: Language
    fields: tuple[FieldSuggestion, ...] = ()
    facets: Facets
    clarity: Clarity
    """By its words alone; POST /v1/clarity also asks the platform."""
    source: SourceSnippet


class ProfileDrafts(Contract):
    """Drafts in the order of the source."""

    source: DraftSource
    title: Line | None = None
    """Of the page or document."""
    url: str | None = None
    """Where a page was found in the end, after redirects."""
    language: Language
    """Of most of it."""
    fields: tuple[FieldSuggestion, ...] = ()
    """For the organisation as a whole, the most frequent first."""
    drafts: tuple[StatementDraft, ...] = ()
    left_out: Annotated[int, Field(ge=0)] = 0
    """Pieces that say neither: headings, addresses, navigation, history, courtesies."""
    truncated: bool = False
    """The source was longer than what is read."""
