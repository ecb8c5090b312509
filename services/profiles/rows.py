"""Rows of the tables from states, and states from rows."""

from datetime import datetime
from typing import Any

from services.profiles.domain.stored import (
    OrganisationState,
    confidential_part,
    content_digest,
    public_part,
)
from shared.contracts.organisation import OrganisationProfile, Status

Values = dict[str, Any]


def organisation_values(state: OrganisationState) -> Values:
    """The row of an organisation that is not erased."""
    profile = state.profile
    assert profile is not None
    public = public_part(profile, state.held)
    confidential = confidential_part(profile, state.held)
    return {
        "id": state.id,
        "version": state.version,
        "status": state.status.value,
        "created_at": state.created_at,
        "updated_at": state.updated_at,
        "profile": profile_json(profile),
        "digest": content_digest(profile),
        "kind": profile.kind.value,
        "name_zh": profile.names.zh,
        "name_en": profile.names.en,
        "uscc": profile.uscc,
        "ror": profile.ror,
        "country": profile.country,
        "province": profile.province,
        "city_name": profile.city_name,
        "fields": list(profile.fields),
        "public_text": public.text,
        "public_fields": list(public.fields),
        "public_capabilities": public.capabilities,
        "public_needs": public.needs,
        "confidential_text": confidential.text,
        "confidential_fields": list(confidential.fields),
        "confidential_capabilities": confidential.capabilities,
        "confidential_needs": confidential.needs,
        "held": sorted(state.held),
    }


def erased_values(at: datetime) -> Values:
    """What an erasure sets: nothing is left but the id, the version and the state."""
    return {
        "status": Status.ERASED.value,
        "updated_at": at,
        **dict.fromkeys(("profile", "digest", "kind", "name_zh", "name_en", "uscc", "ror")),
        **dict.fromkeys(("country", "province", "city_name")),
        **{name: [] for name in ("fields", "public_fields", "confidential_fields", "held")},
        **dict.fromkeys(("public_text", "confidential_text"), ""),
        **dict.fromkeys(("public_capabilities", "public_needs"), 0),
        **dict.fromkeys(("confidential_capabilities", "confidential_needs"), 0),
    }


def version_values(state: OrganisationState, author: str, at: datetime | None = None) -> Values:
    """The history's entry; a withdrawal changes no content, so it keeps none.

    `at` is when, where that is not when the members changed it.
    """
    kept = state.profile if state.status is Status.ACTIVE else None
    return {
        "organisation_id": state.id,
        "version": state.version,
        "status": state.status.value,
        "changed_at": at or state.updated_at,
        "changed_by": author,
        "profile": profile_json(kept) if kept else None,
    }


def state_of(row: Any) -> OrganisationState:
    """A row of `organisations` as a state."""
    return OrganisationState(
        id=row.id,
        version=row.version,
        status=Status(row.status),
        profile=profile_of(row.profile),
        created_at=row.created_at,
        updated_at=row.updated_at,
        held=frozenset(row.held),
    )


def profile_of(stored: object) -> OrganisationProfile | None:
    """A stored profile."""
    return None if stored is None else OrganisationProfile.model_validate(stored)


def profile_json(profile: OrganisationProfile) -> dict[str, object]:
    """A profile as it is stored: without what is at its default."""
    return profile.model_dump(mode="json", exclude_defaults=True)
