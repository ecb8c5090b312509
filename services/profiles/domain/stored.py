"""An organisation as it is kept, and what follows from its profile."""

import hashlib
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from shared.contracts.organisation import (
    ErasedOrganisation,
    Organisation,
    OrganisationProfile,
    Statement,
    Status,
    VersionStamp,
    Visibility,
)


@dataclass(frozen=True)
class OrganisationState:
    """One version of an organisation. `profile` is None exactly when it is erased."""

    id: str
    version: int
    status: Status
    profile: OrganisationProfile | None
    created_at: datetime
    updated_at: datetime
    held: frozenset[str] = frozenset()
    """Ids of statements that screening keeps from others."""

    @property
    def stamp(self) -> VersionStamp:
        """Its version and state."""
        return VersionStamp(id=self.id, version=self.version, status=self.status)

    def as_contract(self) -> Organisation | ErasedOrganisation:
        """As it is told; not yet filtered for a reader."""
        if self.profile is None:
            return ErasedOrganisation(id=self.id, version=self.version)
        return Organisation.model_construct(
            id=self.id,
            version=self.version,
            status=self.status,
            created_at=self.created_at,
            updated_at=self.updated_at,
            held=tuple(sorted(self.held)),
            **dict(self.profile),
        )


@dataclass(frozen=True)
class KnownVersion:
    """What a bulk write must know of an organisation that is there already."""

    version: int
    status: Status
    digest: bytes | None
    created_at: datetime


def content_digest(profile: OrganisationProfile) -> bytes:
    """BLAKE2b-256 of the profile: equal content gives an equal digest."""
    return hashlib.blake2b(profile.model_dump_json().encode(), digest_size=32).digest()


def fold(text: str) -> str:
    """Text as it is compared in searches: full-width forms and case make no difference."""
    return unicodedata.normalize("NFKC", text).casefold()


@dataclass(frozen=True)
class Visible:
    """What lists may show of, and find in, some of an organisation's statements."""

    text: str
    fields: tuple[str, ...]
    capabilities: int
    needs: int


def public_part(profile: OrganisationProfile, held: Collection[str] = ()) -> Visible:
    """Names and statements that every member may read."""
    return _visible(
        [one for one in profile.capabilities if _public(one, held)],
        [one for one in profile.needs if _public(one, held)],
        profile.fields,
        (profile.names.zh, profile.names.en),
    )


def confidential_part(profile: OrganisationProfile, held: Collection[str] = ()) -> Visible:
    """Statements that only the owner and the coordinators may read."""
    return _visible(
        [one for one in profile.capabilities if not _public(one, held)],
        [one for one in profile.needs if not _public(one, held)],
        (),
        (),
    )


def _visible(
    capabilities: Sequence[Statement],
    needs: Sequence[Statement],
    own_fields: tuple[str, ...],
    names: tuple[str | None, ...],
) -> Visible:
    return Visible(
        text=fold("\n".join([*filter(None, names), *(s.text for s in (*capabilities, *needs))])),
        fields=_unique([*own_fields, *(f for s in (*capabilities, *needs) for f in s.fields)]),
        capabilities=len(capabilities),
        needs=len(needs),
    )


def _public(statement: Statement, held: Collection[str]) -> bool:
    return statement.visibility is Visibility.MEMBERS and statement.id not in held


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
