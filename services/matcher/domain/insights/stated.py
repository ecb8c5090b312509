"""What insights count of an organisation's snapshot."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from services.matcher.domain.field_tree import FieldTree
from services.matcher.domain.statements import MatchedOrganisation, Statement
from shared.contracts.organisation import Necessity

NOWHERE = "-"
"""Stands for an unknown field or region."""


@dataclass(frozen=True)
class StatedRow:
    """One statement."""

    organisation: str
    side: str
    statement: str
    region: str
    fields: tuple[str, ...]
    tops: tuple[str, ...]
    """The fields at the top of the taxonomy that these are below."""
    must_have: bool


@dataclass(frozen=True)
class OpenQuestion:
    """A need whose best answer is to be looked for."""

    organisation: str
    need: str


@dataclass(frozen=True)
class BestAnswer:
    """What came nearest to answering a need, and when that was looked at."""

    question: OpenQuestion
    best: float
    seen_at: datetime


def stated_rows(organisation: MatchedOrganisation, fields: FieldTree) -> list[StatedRow]:
    """One row for each statement."""
    region = region_of(organisation)
    return [_row(organisation, one, region, fields) for one in organisation.statements]


def region_of(organisation: MatchedOrganisation) -> str:
    """The province in China, else the country."""
    if organisation.country == "CN":
        return organisation.province or NOWHERE
    return organisation.country or NOWHERE


def top_of(code: str, parents: Mapping[str, str | None]) -> str:
    """The field at the top that this one is below; itself where the taxonomy does not know it."""
    seen = {code}
    while (above := parents.get(code)) and above not in seen:
        seen.add(above)
        code = above
    return code


def _row(
    organisation: MatchedOrganisation, statement: Statement, region: str, fields: FieldTree
) -> StatedRow:
    codes = statement.fields or organisation.fields or (NOWHERE,)
    return StatedRow(
        organisation=organisation.id,
        side=statement.side.value,
        statement=statement.key.statement,
        region=region,
        fields=tuple(sorted(set(codes))),
        tops=tuple(sorted({top_of(code, fields.parents) for code in codes})),
        must_have=statement.necessity is not Necessity.NICE_TO_HAVE,
    )
