"""A profile as its form shows it: texts as they were typed, whatever is wrong with them. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from shared.contracts.organisation import Need, OrganisationProfile, Side, Statement

FACETS = ("materials", "methods", "effect", "product", "application")
BASICS = ("kind", "uscc", "ror", "country", "province", "city", "city_name", "website", "capacity")
CONTACT = ("name", "email", "phone", "role")
SIDES: Mapping[Side, str] = {Side.CAPABILITY: "capabilities", Side.NEED: "needs"}
NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True)
class StatementState:
    """One statement's inputs; every value is a text, an empty one where nothing is given."""

    id: str = ""
    text: str = ""
    visibility: str = "members"
    necessity: str = "must_have"
    readiness: str = ""
    valid_until: str = ""
    language: str = ""
    fields: tuple[str, ...] = ()
    facets: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class EditorState:
    """All inputs of the editor."""

    basics: Mapping[str, str]
    names: Mapping[str, str]
    fields: tuple[str, ...]
    contacts: tuple[Mapping[str, str], ...]
    statements: Mapping[str, tuple[StatementState, ...]]
    """By `capabilities` and `needs`."""


def state_of(profile: OrganisationProfile) -> EditorState:
    """A stored profile in the form."""
    return EditorState(
        basics={name: _text(getattr(profile, name)) for name in BASICS},
        names={"zh": profile.names.zh or "", "en": profile.names.en or ""},
        fields=profile.fields,
        contacts=tuple(
            {name: _text(getattr(contact, name)) for name in CONTACT}
            for contact in profile.contacts
        ),
        statements={
            name: tuple(_statement(one) for one in getattr(profile, name))
            for name in SIDES.values()
        },
    )


def state_of_form(given: Mapping[str, Any]) -> EditorState:
    """What was typed, as `plain_fields` reads it: shown again when it was not accepted."""
    names = _object(given.get("names"))
    return EditorState(
        basics={name: _text(given.get(name)) for name in BASICS},
        names={"zh": _text(names.get("zh")), "en": _text(names.get("en"))},
        fields=_texts(given.get("fields")),
        contacts=tuple(
            {name: _text(one.get(name)) for name in CONTACT} for one in rows(given.get("contacts"))
        ),
        statements={
            name: tuple(_typed(one) for one in rows(given.get(name))) for name in SIDES.values()
        },
    )


def rows(given: object) -> Sequence[Mapping[str, Any]]:
    """Numbered rows of a form in their order; removed and empty ones are left out."""
    numbered = _object(given)
    keys = sorted((key for key in numbered if key.isdigit()), key=int)
    found = [_object(numbered[key]) for key in keys]
    return [row for row in found if not row.get("removed") and _says_something(row)]


def _says_something(row: Mapping[str, Any]) -> bool:
    return any(row.get(name) for name in ("id", "text", "name", "email"))


def _statement(one: Statement) -> StatementState:
    facets = one.facets.model_dump(exclude_none=True) if one.facets else {}
    return StatementState(
        id=one.id,
        text=one.text,
        visibility=one.visibility.value,
        necessity=one.necessity.value if isinstance(one, Need) else "must_have",
        readiness=_text(one.readiness),
        valid_until=_text(one.valid_until),
        language=one.language or "",
        fields=one.fields,
        facets=facets,
    )


def _typed(row: Mapping[str, Any]) -> StatementState:
    facets = _object(row.get("facets"))
    return StatementState(
        id=_text(row.get("id")),
        text=_text(row.get("text")),
        visibility=_text(row.get("visibility")) or "members",
        necessity=_text(row.get("necessity")) or "must_have",
        readiness=_text(row.get("readiness")),
        valid_until=_text(row.get("valid_until")),
        language=_text(row.get("language")),
        fields=_texts(row.get("fields")),
        facets={name: _text(facets.get(name)) for name in FACETS if facets.get(name)},
    )


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _texts(value: object) -> tuple[str, ...]:
    several: Iterable[object] = value if isinstance(value, list | tuple) else [value]
    return tuple(dict.fromkeys(str(one) for one in several if one))


def _text(value: object) -> str:
    return "" if value is None or isinstance(value, list | dict) else str(value)
