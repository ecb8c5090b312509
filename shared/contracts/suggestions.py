"""Suggestions and search hits with the reasons for them."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from shared.contracts.base import Contract, OrganisationId, StatementId, Text
from shared.contracts.organisation import (
    CountryCode,
    DivisionCode,
    Facets,
    FieldCode,
    Kind,
    Language,
    Names,
    Necessity,
    Side,
)

Score = Annotated[float, Field(ge=0.0, le=1.0)]


class StatementQuote(Contract):
    """A statement as this reader may see it; `text` is None where it is confidential to them."""

    organisation: OrganisationId
    id: StatementId | None
    """None together with the text, as are language and necessity: each says too much."""
    side: Side
    text: str | None
    language: Language | None
    necessity: Necessity | None = None
    confidential: bool = False


class Answer(Contract):
    """A need and the capability that answers it best."""

    need: StatementQuote
    capability: StatementQuote
    score: Score
    similarity: float | None
    """Language-corrected cosine, -1 to 1; None where either text is hidden from the reader, who
    could otherwise find out its words guess by guess."""
    lexical: float | None
    """Share of the best possible lexical score, 0 to 1; None as the similarity."""


class Basis(StrEnum):
    """What a direction's score rests on."""

    NEEDS = "needs"
    RELATED_WORK = "related_work"
    """That side has stated no needs: its capabilities stand in, with lower confidence."""


class Direction(Contract):
    """How well one organisation's capabilities answer the other's needs."""

    score: Score
    basis: Basis
    answers: tuple[Answer, ...]
    unmet: tuple[StatementQuote, ...]
    """Needs without a capability above the threshold; the must-haves come first."""
    unmet_must_haves: int = 0
    """So many of `unmet`, the first ones, are must-haves."""


class PartnerSummary(Contract):
    """The suggested organisation, without contacts."""

    id: OrganisationId
    version: int
    kind: Kind
    names: Names
    country: CountryCode
    province: DivisionCode | None
    city_name: str | None
    fields: tuple[str, ...]


class Feature(Contract):
    """One term of the sum behind a score."""

    name: str
    value: float
    contribution: float
    """What it adds to the sum; the score rises with the sum."""


class Likeness(StrEnum):
    """In what two suggested organisations are alike."""

    NEAR_DUPLICATE = "near_duplicate"
    """Equal or nearly equal statements."""
    SISTER = "sister"
    """One parent, by the names."""


class StandIn(Contract):
    """An organisation further up, and what it has in common with one that was moved down."""

    organisation: OrganisationId
    names: Names
    likeness: Likeness
    rank_by_score: Annotated[int, Field(ge=1)]
    """Where its score alone would have put the one that was moved down."""


class Suggestion(Contract):
    """A ranked partner for one organisation at one moment."""

    rank: int
    partner: PartnerSummary
    score: Score
    receives: Direction
    """How the partner's capabilities answer the asker's needs."""
    gives: Direction
    """How the asker's capabilities answer the partner's needs."""
    features: tuple[Feature, ...] = ()
    """Empty where the score rests on the two directions alone."""
    stands_for_it: StandIn | None = None
    """Given where diversity moved it down; its score is what it was."""


class Freshness(Contract):
    """Up to which state an answer is computed."""

    organisation_version: int | None
    """The asker's profile version that the answer rests on; None for free text."""
    collection: str
    """The index collection, named by model and statistics version."""
    indexed_at: datetime | None
    """When the index last took in a change."""
    computed_at: datetime
    ranking_version: str = "hand-set"
    """Weights and calibration: `hand-set`, or `learned-<run>`."""


class UnansweredNeed(Contract):
    """A must-have that no organisation on the platform answers."""

    need: StatementQuote
    facets: Facets
    """What is looked for, as given or as read from the text."""
    best: Score
    """Of what comes nearest, below the threshold from which a need counts as met."""


class SuggestionPage(Contract):
    """A page of suggestions, best first; with diversity not strictly in the order of scores."""

    organisation: OrganisationId
    items: tuple[Suggestion, ...]
    next_cursor: str | None = None
    unanswered: tuple[UnansweredNeed, ...] = ()
    """On the first page: whatever the filter, no organisation that is open to the asker answers
    these."""
    freshness: Freshness


class SuggestionSide(StrEnum):
    """Which direction ranks: both (mutual partners), or one."""

    MUTUAL = "mutual"
    NEED = "need"
    """Who answers my needs."""
    CAPABILITY = "capability"
    """Whose needs I answer."""


class SuggestionFilter(Contract):
    """Narrows suggestions and search hits."""

    kind: Kind | None = None
    country: CountryCode | None = None
    province: DivisionCode | None = None
    field: FieldCode | None = None
    minimum_score: Score = 0.0


class SearchRequest(Contract):
    """Free text, read as a need ("who can do this?") or a capability ("who needs this?")."""

    text: Annotated[Text, StringConstraints(min_length=2, max_length=8000)]
    side: Side = Side.NEED
    language: Language | None = None
    filter: SuggestionFilter = SuggestionFilter()
    limit: Annotated[int, Field(ge=1, le=100)] = 10
    cursor: str | None = None


class SearchMatch(Contract):
    """A statement that answers the searched text."""

    statement: StatementQuote
    score: Score
    similarity: float
    lexical: float


class SearchHit(Contract):
    """An organisation with the statements that answer the text."""

    rank: int
    partner: PartnerSummary
    score: Score
    matches: tuple[SearchMatch, ...]
    features: tuple[Feature, ...] = ()


class SearchPage(Contract):
    """A page of hits, best first."""

    side: Side
    language: Language
    items: tuple[SearchHit, ...]
    next_cursor: str | None = None
    freshness: Freshness
