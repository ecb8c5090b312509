"""The list's query. It compares and counts only what the reader may read."""

from typing import Any

import sqlalchemy as sa

from services.profiles.domain.stored import fold
from services.profiles.ports import ListFilter
from services.profiles.schema import organisations
from shared.contracts.organisation import Kind, Names, OrganisationSummary, Status
from shared.contracts.principal import Principal, Role

_c = organisations.c


def list_query(
    wanted: ListFilter, reader: Principal, *, after: str | None, limit: int
) -> sa.Select[Any]:
    """Rows in id order, one more than `limit` (whether there is a next page)."""
    in_full = _reads_in_full(reader)
    conditions = [_c.status == wanted.status.value, *_exact(wanted)]
    if wanted.status is not Status.ACTIVE:
        conditions.append(in_full)
    if wanted.fields is not None:
        own = _c.confidential_fields.overlap(wanted.fields)
        conditions.append(_c.public_fields.overlap(wanted.fields) | (in_full & own))
    if wanted.text:
        pattern = f"%{_escaped(fold(wanted.text))}%"
        own = _c.confidential_text.like(pattern, escape="\\")
        conditions.append(_c.public_text.like(pattern, escape="\\") | (in_full & own))
    if after is not None:
        conditions.append(_c.id > after)
    return sa.select(*_summary_columns(in_full)).where(*conditions).order_by(_c.id).limit(limit + 1)


def summary_of(row: Any) -> OrganisationSummary:
    """A row of the list."""
    return OrganisationSummary(
        id=row.id,
        version=row.version,
        status=Status(row.status),
        kind=Kind(row.kind),
        names=Names(zh=row.name_zh, en=row.name_en),
        country=row.country,
        province=row.province,
        city_name=row.city_name,
        fields=tuple(row.fields),
        capabilities=row.capabilities,
        needs=row.needs,
        updated_at=row.updated_at,
    )


def _reads_in_full(reader: Principal) -> sa.ColumnElement[bool]:
    if reader.sees_everything:
        return sa.true()
    if reader.role is Role.MEMBER and reader.organisation:
        return _c.id == reader.organisation
    return sa.false()


def _exact(wanted: ListFilter) -> list[sa.ColumnElement[bool]]:
    conditions = []
    if wanted.kind:
        conditions.append(_c.kind == wanted.kind.value)
    if wanted.country:
        conditions.append(_c.country == wanted.country)
    if wanted.province:
        conditions.append(_c.province == wanted.province)
    if wanted.updated_since:
        conditions.append(_c.updated_at >= wanted.updated_since)
    return conditions


def _summary_columns(in_full: sa.ColumnElement[bool]) -> list[sa.ColumnElement[Any]]:
    def counted(name: str) -> sa.ColumnElement[Any]:
        own = sa.case((in_full, _c[f"confidential_{name}"]), else_=0)
        return (_c[f"public_{name}"] + own).label(name)

    plain = (
        "id", "version", "status", "kind", "name_zh", "name_en", "country", "province",
        "city_name", "fields", "updated_at",
    )  # fmt: skip
    return [*(_c[name] for name in plain), counted("capabilities"), counted("needs")]


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
