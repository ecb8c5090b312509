"""From the editor's form to a profile; what the form does not show stays as it was."""

import secrets
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from services.gateway.member.editor_state import FACETS, SIDES, EditorState, StatementState
from services.gateway.member.field_names import FieldNames
from shared.contracts.organisation import OrganisationProfile, Side
from shared.errors import ProblemError
from shared.http.problems import field_problems

_NOT_SHOWN = ("activity", "parent", "exclusions", "collaborations")


def profile_of(
    state: EditorState, base: OrganisationProfile | None, names: FieldNames
) -> OrganisationProfile:
    """The profile that is meant. Raises ProblemError("invalid_request") with the fields."""
    kept = base.model_dump(mode="json", include=set(_NOT_SHOWN)) if base else {}
    given: dict[str, Any] = {
        **kept,
        **{name: value for name, value in state.basics.items() if value},
        "names": {language: name for language, name in state.names.items() if name},
        "fields": names.codes(state.fields),
        "contacts": [_filled(contact) for contact in state.contacts],
        **{
            name: [_statement(one, side, names) for one in state.statements[name]]
            for side, name in SIDES.items()
        },
    }
    try:
        return OrganisationProfile.model_validate(_with_stated_on(given, base))
    except ValidationError as error:
        fields = field_problems([dict(one) for one in error.errors()])
        raise ProblemError("invalid_request", fields=fields) from error


def fresh_id(side: Side) -> str:
    """An id for a statement that has none yet."""
    return f"{'c' if side is Side.CAPABILITY else 'n'}-{secrets.token_hex(4)}"


def _statement(state: StatementState, side: Side, names: FieldNames) -> dict[str, Any]:
    given: dict[str, Any] = {
        "id": state.id or fresh_id(side),
        "text": state.text,
        "visibility": state.visibility,
        "fields": names.codes(state.fields),
        "readiness": state.readiness or None,
        "valid_until": state.valid_until or None,
        "language": state.language or None,
    }
    if facets := {name: state.facets[name] for name in FACETS if state.facets.get(name)}:
        given["facets"] = facets
    if side is Side.NEED:
        given["necessity"] = state.necessity
    return given


def _with_stated_on(given: dict[str, Any], base: OrganisationProfile | None) -> dict[str, Any]:
    """The date a statement was first made is not typed; it stays, and so does a kept language."""
    if base is None:
        return given
    known = {one.id: one for one in (*base.capabilities, *base.needs)}
    for statement in (*given["capabilities"], *given["needs"]):
        before = known.get(statement["id"])
        if before is not None and before.stated_on is not None:
            statement["stated_on"] = before.stated_on.isoformat()
        if before is not None and before.text != statement["text"]:
            # The language is found again in a new text.
            statement["language"] = None
    return given


def _filled(row: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in row.items() if value}
