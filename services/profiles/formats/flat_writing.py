"""An organisation as rows of the spreadsheet layout."""

from collections.abc import Iterator, Mapping
from typing import Any

from services.profiles.formats.columns import COLUMNS, CONTACT, FACETS, ORGANISATION, STATEMENT
from shared.contracts.organisation import Contact, NewOrganisation, Statement

_EXCLUSIONS_A_ROW = 200
"""Keeps a cell far below the 32,767 characters that Excel allows."""


def rows(organisation: NewOrganisation) -> Iterator[list[str]]:
    """The organisation's own row, then one for each statement, contact and collaboration."""
    for values in _rows(organisation):
        yield [_cell(values.get(column)) for column in COLUMNS]


def _rows(organisation: NewOrganisation) -> Iterator[Mapping[str, Any]]:
    contacts, exclusions = organisation.contacts, organisation.exclusions
    yield {
        "row_type": "organisation",
        **{name: getattr(organisation, name, None) for name in ORGANISATION},
        "name_zh": organisation.names.zh,
        "name_en": organisation.names.en,
        "exclusions": exclusions[:_EXCLUSIONS_A_ROW],
        **(_contact(contacts[0]) if contacts else {}),
    }
    same = {"id": organisation.id}
    for capability in organisation.capabilities:
        yield {**same, "row_type": "capability", **_statement(capability)}
    for need in organisation.needs:
        yield {**same, "row_type": "need", **_statement(need)}
    for contact in contacts[1:]:
        yield {**same, "row_type": "contact", **_contact(contact)}
    for start in range(_EXCLUSIONS_A_ROW, len(exclusions), _EXCLUSIONS_A_ROW):
        more = exclusions[start : start + _EXCLUSIONS_A_ROW]
        yield {**same, "row_type": "exclusion", "exclusions": more}
    for partner in organisation.collaborations:
        yield {
            **same,
            "row_type": "collaboration",
            "partner": partner.organisation,
            "projects": partner.count,
        }


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        **{name: getattr(statement, name, None) for name in (*STATEMENT, "fields")},
        **{name: getattr(statement.facets, name, None) for name in FACETS},
        "statement_id": statement.id,
    }


def _contact(contact: Contact) -> dict[str, Any]:
    return {name: getattr(contact, name.removeprefix("contact_")) for name in CONTACT}


def _cell(value: object) -> str:
    if value is None:
        return ""
    return ";".join(value) if isinstance(value, tuple) else str(value)
