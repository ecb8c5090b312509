"""An organisation as the profiles service tells it, as matching needs it."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from services.matcher.domain.language import detect_language
from services.matcher.domain.statements import MatchedOrganisation, Statement, StatementKey
from shared.contracts.organisation import Capability, Necessity, Need, Organisation, Side
from shared.contracts.organisation import Statement as StatedStatement


def snapshot_of(organisation: Organisation) -> MatchedOrganisation:
    """Everything but contacts and identifiers."""
    return MatchedOrganisation(
        id=organisation.id,
        version=organisation.version,
        kind=organisation.kind.value,
        names={"zh": organisation.names.zh, "en": organisation.names.en},
        country=organisation.country,
        province=organisation.province,
        city_name=organisation.city_name,
        fields=organisation.fields,
        exclusions=frozenset(organisation.exclusions),
        capacity=organisation.capacity,
        statements=(
            *(_capability(organisation.id, one) for one in organisation.capabilities),
            *(_need(organisation.id, one) for one in organisation.needs),
        ),
        updated_at=organisation.updated_at,
        city=organisation.city,
        collaborations={one.organisation: one.count for one in organisation.collaborations},
        parent=organisation.parent,
    )


def current(organisation: MatchedOrganisation, day: date) -> MatchedOrganisation:
    """The organisation with the statements that are still valid on that day."""
    if all(statement.valid_on(day) for statement in organisation.statements):
        return organisation
    valid = tuple(s for s in organisation.statements if s.valid_on(day))
    return replace(organisation, statements=valid)


def without(organisation: MatchedOrganisation, held: Collection[str]) -> MatchedOrganisation:
    """The organisation without the statements of these ids."""
    if not held:
        return organisation
    free = tuple(s for s in organisation.statements if s.key.statement not in held)
    return replace(organisation, statements=free)


def _capability(organisation: str, capability: Capability) -> Statement:
    return _statement(organisation, capability, Side.CAPABILITY, None)


def _need(organisation: str, need: Need) -> Statement:
    return _statement(organisation, need, Side.NEED, need.necessity)


def _statement(
    organisation: str, stated: StatedStatement, side: Side, necessity: Necessity | None
) -> Statement:
    return Statement(
        key=StatementKey(organisation, stated.id),
        side=side,
        text=stated.text,
        language=stated.language or detect_language(stated.text),
        fields=stated.fields,
        readiness=stated.readiness,
        necessity=necessity,
        visibility=stated.visibility,
        valid_until=stated.valid_until,
        facets=stated.facets,
        stated_on=stated.stated_on,
    )
