"""An organisation as it is kept, and what follows from its profile."""

import hashlib
import unicodedata
from collections.abc import Iterable
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


def public_part(profile: OrganisationProfile) -> Visible:
    """Names and statements that every member may read."""
    return _visible(profile, Visibility.MEMBERS, (profile.names.zh, profile.names.en))


def confidential_part(profile: OrganisationProfile) -> Visible:
    """Statements that only the owner and the coordinators may read."""
    return _visible(profile, Visibility.CONFIDENTIAL, ())


def _visible(
    profile: OrganisationProfile, visibility: Visibility, names: tuple[str | None, ...]
) -> Visible:
    capabilities = _with(profile.capabilities, visibility)
    needs = _with(profile.needs, visibility)
    own_fields = profile.fields if visibility is Visibility.MEMBERS else ()
    return Visible(
        text=fold("\n".join([*filter(None, names), *(s.text for s in (*capabilities, *needs))])),
        fields=_unique([*own_fields, *(f for s in (*capabilities, *needs) for f in s.fields)]),
        capabilities=len(capabilities),
        needs=len(needs),
    )


def _with(statements: Iterable[Statement], visibility: Visibility) -> list[Statement]:
    return [statement for statement in statements if statement.visibility is visibility]


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
