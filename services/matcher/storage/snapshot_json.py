"""A snapshot as JSON and back. Field names are short words; they are read by this file alone."""

from datetime import date
from typing import Any

from services.matcher.domain.statements import MatchedOrganisation, Statement, StatementKey
from services.matcher.storage.terms_json import terms_from_json, terms_to_json
from shared.contracts.organisation import Facets, Necessity, Side, Visibility


def to_json(organisation: MatchedOrganisation) -> dict[str, Any]:
    """What PostgreSQL keeps of an active organisation, besides its id and version."""
    return {
        "kind": organisation.kind,
        "names": organisation.names,
        "country": organisation.country,
        "province": organisation.province,
        "city_name": organisation.city_name,
        "fields": list(organisation.fields),
        "capacity": organisation.capacity,
        "exclusions": sorted(organisation.exclusions),
        "statements": [_statement_to_json(s) for s in organisation.statements],
        "city": organisation.city,
        "hub": organisation.hub,
        "collaborations": dict(organisation.collaborations),
        "parent": organisation.parent,
    }


def from_json(id: str, version: int, snapshot: dict[str, Any]) -> MatchedOrganisation:
    """The inverse of `to_json`."""
    return MatchedOrganisation(
        id=id,
        version=version,
        kind=snapshot["kind"],
        names=snapshot["names"],
        country=snapshot["country"],
        province=snapshot["province"],
        city_name=snapshot["city_name"],
        fields=tuple(snapshot["fields"]),
        exclusions=frozenset(snapshot["exclusions"]),
        capacity=snapshot["capacity"],
        statements=tuple(_statement_from_json(id, s) for s in snapshot["statements"]),
        city=snapshot.get("city"),
        hub=snapshot.get("hub", 0.0),
        collaborations=snapshot.get("collaborations", {}),
        parent=snapshot.get("parent"),
    )


def _statement_to_json(statement: Statement) -> dict[str, Any]:
    return {
        "id": statement.key.statement,
        "side": statement.side.value,
        "text": statement.text,
        "language": statement.language,
        "fields": list(statement.fields),
        "readiness": statement.readiness,
        "necessity": statement.necessity.value if statement.necessity else None,
        "visibility": statement.visibility.value,
        "valid_until": statement.valid_until.isoformat() if statement.valid_until else None,
        "stated_on": statement.stated_on.isoformat() if statement.stated_on else None,
        "terms": terms_to_json(statement.terms) if statement.terms else None,
        "facets": statement.facets.model_dump(exclude_none=True) if statement.facets else None,
    }


def _statement_from_json(organisation: str, row: dict[str, Any]) -> Statement:
    return Statement(
        key=StatementKey(organisation, row["id"]),
        side=Side(row["side"]),
        text=row["text"],
        language=row["language"],
        fields=tuple(row["fields"]),
        readiness=row["readiness"],
        necessity=Necessity(row["necessity"]) if row["necessity"] else None,
        visibility=Visibility(row["visibility"]),
        valid_until=date.fromisoformat(row["valid_until"]) if row["valid_until"] else None,
        stated_on=date.fromisoformat(row["stated_on"]) if row.get("stated_on") else None,
        terms=terms_from_json(row["terms"]) if row.get("terms") else None,
        facets=Facets.model_validate(row["facets"]) if row.get("facets") else None,
    )
