"""An organisation, its capabilities and its needs, as written by its members and as read."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from shared.contracts.base import Contract, Line, OrganisationId, StatementId, Text

MOST_TEXT = 2_000_000
"""Characters of all statements and facets of an organisation together: six megabytes of Chinese,
so that the largest profile fits into a request of eight."""


class Kind(StrEnum):
    """What sort of organisation it is; `other` is for public bodies and associations."""

    INSTITUTION = "institution"
    ENTERPRISE = "enterprise"
    OTHER = "other"


class Side(StrEnum):
    """Which of the two kinds of statement."""

    NEED = "need"
    CAPABILITY = "capability"


class Visibility(StrEnum):
    """Who may read a statement's text: all members, or only the owner and the coordinators."""

    MEMBERS = "members"
    CONFIDENTIAL = "confidential"


class Necessity(StrEnum):
    """How much a need weighs."""

    MUST_HAVE = "must_have"
    NICE_TO_HAVE = "nice_to_have"


Language = Literal["zh", "en"]
"""The languages that the platform matches in; other Latin-script text is treated as `en`."""

FieldCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,40}$")]
"""A node of the taxonomy, for instance `xr-display`."""

Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"]{1,500}$")]
CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
"""ISO 3166-1 alpha-2."""
DivisionCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]
"""GB/T 2260, six digits; a province ends in 0000."""


class Names(Contract):
    """At least one of the two."""

    zh: Line | None = None
    en: Line | None = None

    @model_validator(mode="after")
    def _one_at_least(self) -> Self:
        if not (self.zh or self.en):
            raise ValueError("give a Chinese name (zh), an English name (en) or both")
        return self

    @property
    def display(self) -> str:
        """The Chinese name where there is one, else the English."""
        return self.zh or self.en or ""


class Contact(Contract):
    """A person to talk to; shown to nobody else before an introduction."""

    name: Line
    email: Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$", max_length=254)]
    phone: Line | None = None
    role: Line | None = None


class Facets(Contract):
    """How a statement reads along the five facets."""

    materials: Line | None = None
    methods: Line | None = None
    effect: Line | None = None
    product: Line | None = None
    application: Line | None = None

    @property
    def characters(self) -> int:
        """Of all of them together."""
        said = (self.materials, self.methods, self.effect, self.product, self.application)
        return sum(len(one or "") for one in said)


class Statement(Contract):
    """A capability or a need. `language` is detected where it is not given."""

    id: StatementId
    text: Annotated[Text, StringConstraints(min_length=5, max_length=8000)]
    language: Language | None = None
    facets: Facets | None = None
    fields: tuple[FieldCode, ...] = ()
    readiness: Annotated[int, Field(ge=1, le=9)] | None = None
    """Technology readiness level, 1 to 9 (ISO 16290)."""
    visibility: Visibility = Visibility.MEMBERS
    valid_until: date | None = None
    stated_on: date | None = None


class Capability(Statement):
    """What the organisation offers."""


class Need(Statement):
    """What the organisation looks for."""

    necessity: Necessity = Necessity.MUST_HAVE


class Collaboration(Contract):
    """A past partner, and how many projects the two shared."""

    organisation: OrganisationId
    count: Annotated[int, Field(ge=1)] = 1


class OrganisationProfile(Contract):
    """All that an owner writes: the body of POST and PUT. Its statements and their facets may
    have 2,000,000 characters together."""

    kind: Kind
    names: Names
    uscc: Annotated[str, StringConstraints(max_length=18)] | None = None
    """Unified Social Credit Code (GB 32100); enterprises and Chinese institutions."""
    ror: Annotated[str, StringConstraints(max_length=40)] | None = None
    """ROR id, with or without `https://ror.org/`; stored as the nine characters."""
    country: CountryCode = "CN"
    province: DivisionCode | None = None
    """GB/T 2260; the Chinese name is accepted on import and stored as the code."""
    city: DivisionCode | None = None
    city_name: Line | None = None
    """For cities outside China, and as the readable name inside."""
    activity: Line | None = None
    """The sector code of the source the profile came from, such as CORDIS's HES, PRC, REC."""
    website: Url | None = None
    parent: OrganisationId | None = None
    """The organisation that it is a part of, such as a school's university."""
    contacts: Annotated[tuple[Contact, ...], Field(max_length=20)] = ()
    fields: Annotated[tuple[FieldCode, ...], Field(max_length=30)] = ()
    capacity: Annotated[int, Field(ge=0, le=1000)] = 5
    """How many introductions it can handle at once."""
    exclusions: Annotated[tuple[OrganisationId, ...], Field(max_length=1000)] = ()
    """Organisations it will not work with."""
    collaborations: Annotated[tuple[Collaboration, ...], Field(max_length=5000)] = ()
    capabilities: Annotated[tuple[Capability, ...], Field(max_length=500)] = ()
    needs: Annotated[tuple[Need, ...], Field(max_length=500)] = ()

    @model_validator(mode="after")
    def _statement_ids_are_unique(self) -> Self:
        seen: set[str] = set()
        for statement in (*self.capabilities, *self.needs):
            if statement.id in seen:
                raise ValueError(f"statement id {statement.id!r} is used twice; make it unique")
            seen.add(statement.id)
        return self

    @model_validator(mode="after")
    def _is_of_a_size_to_be_sent(self) -> Self:
        stated = (*self.capabilities, *self.needs)
        count = sum(len(one.text) + (one.facets.characters if one.facets else 0) for one in stated)
        if count > MOST_TEXT:
            raise ValueError(
                f"all statements together have {count} characters; shorten or merge them to "
                f"{MOST_TEXT} at most"
            )
        return self


class NewOrganisation(OrganisationProfile):
    """The body of POST /organisations; without an id the platform makes one."""

    id: OrganisationId | None = None


class Status(StrEnum):
    """`withdrawn` keeps the data for its owner; `erased` keeps only the id and the version."""

    ACTIVE = "active"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"


class Organisation(OrganisationProfile):
    """A stored organisation at one version, as much of it as the reader may see."""

    id: OrganisationId
    version: Annotated[int, Field(ge=1)]
    status: Status = Status.ACTIVE
    created_at: datetime
    updated_at: datetime
    held: Annotated[tuple[StatementId, ...], Field(exclude_if=lambda held: not held)] = ()
    """Statements that policy screening keeps from others, for the owner and for staff; left out
    where there are none."""


class OrganisationSummary(Contract):
    """One row of a list."""

    id: OrganisationId
    version: int
    status: Status
    kind: Kind
    names: Names
    country: CountryCode
    province: DivisionCode | None
    city_name: str | None
    fields: tuple[str, ...]
    capabilities: int
    needs: int
    updated_at: datetime


class OrganisationPage(Contract):
    """A page of a list; `next_cursor` is absent on the last page."""

    items: tuple[OrganisationSummary, ...]
    next_cursor: str | None = None


class ErasedOrganisation(Contract):
    """The tombstone that an erasure leaves: no text, only what ordering needs."""

    id: OrganisationId
    version: int
    status: Literal[Status.ERASED] = Status.ERASED


class OrganisationIds(Contract):
    """The body of POST /organisations/batch-read."""

    ids: Annotated[tuple[OrganisationId, ...], Field(max_length=1000)]


class OrganisationBatch(Contract):
    """The answer to a re-read of many: found organisations in any state; unknown ids left out."""

    items: tuple[Organisation | ErasedOrganisation, ...]


class VersionStamp(Contract):
    """Which version an organisation is at, and in which state."""

    id: OrganisationId
    version: int
    status: Status


class VersionManifest(Contract):
    """A page of stamps in id order, for comparing the index with the truth."""

    items: tuple[VersionStamp, ...]
    next_cursor: str | None = None


class OrganisationVersion(Contract):
    """One entry of the history."""

    version: int
    status: Status
    changed_at: datetime
    changed_by: str
    profile: OrganisationProfile | None
    """None after an erasure, and for entries that withdraw."""


class VersionPage(Contract):
    """History, newest first."""

    items: tuple[OrganisationVersion, ...]
    next_cursor: str | None = None
