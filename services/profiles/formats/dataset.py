"""The data-set format: `name`, `activity`, `city`, statements with `lang` and `date`.

What an organisation has beyond that is written under the API's own names, so that an export
in this format loses nothing; `city_code` stands for the API's `city`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from services.profiles.formats.languages import is_chinese
from services.profiles.formats.lines import objects
from services.profiles.formats.rows import BadRowError, ParsedRow, rejected
from services.profiles.formats.validation import parse
from shared.contracts.organisation import NewOrganisation

_STATEMENT = {"lang": "language", "date": "stated_on"}
_SIDES = ("capabilities", "needs")


def read(file: BinaryIO) -> Iterator[ParsedRow]:
    """An organisation for each line, gzipped or not."""
    for line, value in objects(file):
        if isinstance(value, BadRowError):
            yield rejected(line, value)
        else:
            yield parse(line, _to_contract(value))


def write(organisations: Iterable[NewOrganisation]) -> Iterator[bytes]:
    """One line for each."""
    for organisation in organisations:
        yield json.dumps(_from_contract(organisation), ensure_ascii=False).encode() + b"\n"


def _to_contract(value: Mapping[str, Any]) -> dict[str, Any]:
    result = dict(value)
    name = result.pop("name", None)
    if "names" not in result and isinstance(name, str):
        result["names"] = {"zh" if is_chinese(name) else "en": name}
    if "city" in result:
        result["city_name"] = result.pop("city")
    if "city_code" in result:
        result["city"] = result.pop("city_code")
    for side in _SIDES:
        if isinstance(result.get(side), list):
            result[side] = [_statement_in(item) for item in result[side]]
    return {key: item for key, item in result.items() if item is not None or key == "country"}


def _statement_in(value: object) -> object:
    if not isinstance(value, dict):
        return value
    renamed = {_STATEMENT.get(key, key): item for key, item in value.items() if item is not None}
    if "stated_on" in renamed:
        renamed["stated_on"] = _full_date(renamed["stated_on"])
    return renamed


def _full_date(value: object) -> object:
    """A year, or a year and a month, stand for their first day."""
    text = str(value)
    return {4: f"{text}-01-01", 7: f"{text}-01"}.get(len(text), value)


def _from_contract(organisation: NewOrganisation) -> dict[str, Any]:
    full = organisation.model_dump(mode="json", exclude_defaults=True)
    names = full.pop("names")
    result: dict[str, Any] = {
        "id": full.pop("id"),
        "name": organisation.names.en or organisation.names.zh,
        "kind": full.pop("kind"),
        "country": organisation.country,
        "city": full.pop("city_name", None),
        "collaborations": [c.model_dump() for c in organisation.collaborations],
    }
    if "city" in full:
        result["city_code"] = full.pop("city")
    if _to_contract({"name": result["name"]})["names"] != names:
        result["names"] = names
    for side in _SIDES:
        result[side] = [_statement_out(item) for item in full.pop(side, [])]
    return {**full, **result}


def _statement_out(value: Mapping[str, Any]) -> dict[str, Any]:
    names = {ours: theirs for theirs, ours in _STATEMENT.items()}
    return {names.get(key, key): item for key, item in value.items()}
