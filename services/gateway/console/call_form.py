"""The call editor's form: rows of requirements and limits, and what they make. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shared.contracts.calls import Call

_PLAIN = ("title", "summary", "kind", "deadline", "audience", "replacing", "answer_days")
_MORE = (*_PLAIN, "reference", "url", "publisher")
BLANK_ROWS = 2


@dataclass(frozen=True)
class RequirementRow:
    """One requirement as it stands in the form."""

    id: str = ""
    text: str = ""
    must_have: bool = True
    weight: str = ""


@dataclass(frozen=True)
class CallForm:
    """What the editor shows."""

    values: Mapping[str, str] = field(default_factory=dict)
    rows: tuple[RequirementRow, ...] = ()
    version: int | None = None

    def value(self, name: str, default: str = "") -> str:
        """A field's text."""
        return self.values.get(name, default)

    def with_blank_rows(self, most: int) -> "CallForm":
        """Room for more requirements, as far as a call may have them."""
        blanks = min(BLANK_ROWS, max(0, most - len(self.rows)))
        return CallForm(self.values, (*self.rows, *[RequirementRow()] * blanks), self.version)


def form_of(call: Call) -> CallForm:
    """The form of a stored call."""
    limits = call.limits
    values = {name: _text(getattr(call, name)) for name in _MORE}
    values |= {
        "minimum_size": str(limits.minimum_size),
        "maximum_size": str(limits.maximum_size),
        "countries": " ".join(limits.countries),
        "provinces": " ".join(limits.provinces),
        "fixed": " ".join(limits.fixed),
        "excluded": " ".join(limits.excluded),
        **{f"kind_{kind.value}": str(count) for kind, count in limits.kinds.items()},
    }
    rows = tuple(
        RequirementRow(one.id, one.text, one.must_have, _text(one.weight))
        for one in call.requirements
    )
    return CallForm(values, rows, call.version)


def form_from(fields: Mapping[str, Any]) -> CallForm:
    """The form as it was sent, to be shown again."""
    plain = {name: value for name, value in fields.items() if isinstance(value, str)}
    return CallForm(plain, tuple(_rows(fields)), _number(fields.get("version")))


def content_from(fields: Mapping[str, Any]) -> dict[str, Any]:
    """What a CallContent is made of, still to be validated; empty rows are left out."""
    content: dict[str, Any] = {
        name: fields[name] for name in (*_PLAIN, "reference", "url") if name in fields
    }
    content["requirements"] = _requirements([row for row in _rows(fields) if row.text.strip()])
    content["limits"] = _limits(fields)
    return content


def invitations_in(fields: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Organisations with the requirements that each is asked for, as a page has listed them."""
    return [row for _, row in _numbered(fields.get("invite"))]


def _numbered(sent: object) -> list[tuple[int, dict[str, Any]]]:
    found = sent if isinstance(sent, dict) else {}
    rows = [(int(key), row) for key, row in found.items() if key.isdecimal() and len(key) < 4]
    return sorted(((key, row) for key, row in rows if isinstance(row, dict)), key=lambda r: r[0])


def _rows(fields: Mapping[str, Any]) -> list[RequirementRow]:
    return [
        RequirementRow(
            id=_text(row.get("id")),
            text=_text(row.get("text")),
            must_have=row.get("must_have", "yes") == "yes",
            weight=_text(row.get("weight")),
        )
        for _, row in _numbered(fields.get("requirement"))
    ]


def _requirements(rows: list[RequirementRow]) -> list[dict[str, Any]]:
    """Rows that are new get the next free number."""
    taken = {row.id for row in rows if row.id}
    made = []
    for row in rows:
        id = row.id or _free(taken)
        taken.add(id)
        one: dict[str, Any] = {"id": id, "text": row.text, "must_have": row.must_have}
        made.append(one | ({"weight": row.weight} if row.weight else {}))
    return made


def _free(taken: set[str]) -> str:
    number = 1
    while f"r{number}" in taken:
        number += 1
    return f"r{number}"


def _limits(fields: Mapping[str, Any]) -> dict[str, Any]:
    limits: dict[str, Any] = {
        name: fields[name] for name in ("minimum_size", "maximum_size") if name in fields
    }
    for name in ("countries", "provinces", "fixed", "excluded"):
        limits[name] = _words(fields.get(name))
    limits["countries"] = [one.upper() for one in limits["countries"]]
    kinds = {
        kind: fields[f"kind_{kind}"]
        for kind in ("institution", "enterprise", "other")
        if f"kind_{kind}" in fields
    }
    return limits | {"kinds": kinds}


def _words(value: object) -> list[str]:
    parts = value if isinstance(value, list) else [value]
    joined = " ".join(str(part) for part in parts if part)
    return joined.replace(",", " ").replace(",", " ").replace("、", " ").split()


def _text(value: object) -> str:
    if value is None:
        return ""
    return str(getattr(value, "value", value))


def _number(value: object) -> int | None:
    return int(value) if isinstance(value, str) and value.isdecimal() and len(value) < 18 else None
