"""ROR records (schema 2, https://ror.readme.io/docs/ror-data-structure): active ones only.

Reads full dumps (a JSON array, also inside the published zip) and JSON Lines, and the flat
subset with `country`, `city` and `website` at the top.
"""

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO, cast

from services.profiles.formats.languages import is_chinese
from services.profiles.formats.lines import objects
from services.profiles.formats.normalisation import ror_id, web_address
from services.profiles.formats.rows import BadRowError, ParsedRow, UnreadableFileError, rejected
from services.profiles.formats.validation import parse
from services.profiles.places import places

_INSTITUTIONS = {"education", "facility", "healthcare", "archive"}
Record = Mapping[str, Any]


def read(file: BinaryIO) -> Iterator[ParsedRow]:
    """An organisation without statements for each active record; its id is the ROR id."""
    for line, record in objects(_unzipped(file)):
        if isinstance(record, BadRowError):
            yield rejected(line, record)
        elif record.get("status", "active") == "active":
            yield _row(line, record)


def _unzipped(file: BinaryIO) -> BinaryIO:
    file.seek(0)
    if not zipfile.is_zipfile(file):
        return file
    archive = zipfile.ZipFile(file)
    dumps = [name for name in archive.namelist() if name.endswith((".json", ".jsonl"))]
    if not dumps:
        raise UnreadableFileError("there is no .json file in the zip; take ROR's data dump")
    newest = max(dumps, key=lambda name: ("v2" in name, name))
    return cast(BinaryIO, archive.open(newest))


def _row(line: int, record: Record) -> ParsedRow:
    try:
        return parse(line, _values(record))
    except (AttributeError, KeyError, TypeError, IndexError):
        error = BadRowError("row", "is not a ROR record", "take records of ROR's schema 2")
        return rejected(line, error)


def _values(record: Record) -> dict[str, Any]:
    identity = ror_id(record["id"])
    place = _place(record)
    country = record.get("country") or place.get("country_code")
    city = record.get("city") or place.get("name")
    website = _website(record)
    values = {
        "id": identity,
        "ror": identity,
        "kind": _kind(record.get("types") or ()),
        "names": _names(record["names"]),
        "country": country,
        "city_name": city,
        "website": web_address(website) if website else None,
        "parent": _parent(record),
        **_division(country, city, place),
    }
    return {key: value for key, value in values.items() if value or key == "country"}


def _kind(types: Sequence[str]) -> str:
    if "education" in types:
        return "institution"
    if "company" in types:
        return "enterprise"
    return "institution" if _INSTITUTIONS.intersection(types) else "other"


def _names(names: Sequence[Record]) -> dict[str, str]:
    ordered = sorted(names, key=_rank)
    chinese = next((n["value"] for n in ordered if _speaks(n, "zh")), None)
    latin = [n["value"] for n in ordered if not is_chinese(n["value"]) and not _acronym(n)]
    english = next((n["value"] for n in ordered if _speaks(n, "en")), None)
    found = {"zh": chinese, "en": english or next(iter(latin), None)}
    if not any(found.values()):
        found = {"en": names[0]["value"]}
    return {language: value for language, value in found.items() if value}


def _speaks(name: Record, language: str) -> bool:
    if _acronym(name) or is_chinese(name["value"]) != (language == "zh"):
        return False
    return name.get("lang") == language or (name.get("lang") is None and language == "zh")


def _rank(name: Record) -> tuple[bool, bool]:
    types = name.get("types") or ()
    return "ror_display" not in types, "label" not in types


def _acronym(name: Record) -> bool:
    return "acronym" in (name.get("types") or ())


def _place(record: Record) -> Record:
    locations = record.get("locations") or ()
    place: Record = locations[0].get("geonames_details") or {} if locations else {}
    return place


def _division(country: str | None, city: str | None, place: Record) -> dict[str, str | None]:
    """GB/T 2260 codes of the province and the city, as far as the names tell."""
    if country != "CN":
        return {}
    province = places().province_code(str(place.get("country_subdivision_name") or ""))
    code = places().city_code(city, province) if city else None
    return {"province": province or (f"{code[:2]}0000" if code else None), "city": code}


def _parent(record: Record) -> str | None:
    """The first of its parents by ROR id; few have more than one."""
    related = record.get("relationships") or ()
    parents = {ror_id(one["id"]) for one in related if one.get("type") == "parent"} - {None}
    return min(parents, default=None, key=str)


def _website(record: Record) -> str | None:
    links = record.get("links") or ()
    found = (link.get("value") for link in links if link.get("type") == "website")
    address = record.get("website") or next(found, None)
    return str(address).strip().replace(" ", "%20") if address else None
