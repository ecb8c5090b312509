"""Drafts that a member has corrected and confirmed, as statements of the profile. Pure."""

from collections.abc import Mapping
from typing import Any

from services.gateway.member.editor_state import SIDES, EditorState, StatementState, rows, state_of
from shared.contracts.organisation import OrganisationProfile, Side
from shared.contracts.profile_drafts import ProfileDrafts, StatementDraft


def offered(drafts: ProfileDrafts) -> list[dict[str, Any]]:
    """Rows of the confirmation form."""
    return [_row(draft) for draft in drafts.drafts]


def with_confirmed(profile: OrganisationProfile, given: Mapping[str, Any]) -> EditorState:
    """The profile's form with the confirmed drafts added; what is there word for word is not."""
    state = state_of(profile)
    known = {one.text for one in (*profile.capabilities, *profile.needs)}
    added: dict[str, list[StatementState]] = {name: [] for name in SIDES.values()}
    for row in rows(given.get("drafts")):
        text = str(row.get("text", "")).strip()
        if not row.get("keep") or not text or text in known:
            continue
        known.add(text)
        side = Side.NEED if row.get("side") == Side.NEED.value else Side.CAPABILITY
        added[SIDES[side]].append(
            StatementState(text=text, fields=_texts(row.get("fields")), facets=_facets(row))
        )
    statements = {name: (*state.statements[name], *added[name]) for name in SIDES.values()}
    fields = state.fields or tuple(_texts(given.get("fields")))
    return EditorState(state.basics, state.names, fields, state.contacts, statements)


def _row(draft: StatementDraft) -> dict[str, Any]:
    return {
        "keep": True,
        "side": draft.side.value,
        "text": draft.text,
        "fields": tuple(one.code for one in draft.fields),
        "draft": draft,
    }


def _facets(row: Mapping[str, Any]) -> Mapping[str, str]:
    facets = row.get("facets")
    return {str(k): str(v) for k, v in facets.items()} if isinstance(facets, Mapping) else {}


def _texts(value: object) -> tuple[str, ...]:
    several = value if isinstance(value, list) else [value]
    return tuple(str(one) for one in several if one)
