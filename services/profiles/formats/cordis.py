"""CORDIS projects and participants, as data.europa.eu publishes them: a zip with project.csv and
organization.csv, semicolons between the columns.

Each participant (by its PIC) is an organisation, each of its projects a capability, each
project that two share a collaboration. The files are staged in a temporary SQLite database, so
that memory does not grow with them.
"""

import csv
import io
import sqlite3
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from typing import Any, BinaryIO

from services.profiles.formats.cordis_tables import Staging
from services.profiles.formats.normalisation import web_address
from services.profiles.formats.rows import (
    BadRowError,
    ParsedRow,
    UnreadableFileError,
    rejected,
)
from services.profiles.formats.validation import parse

_KINDS = {"HES": "institution", "REC": "institution", "PRC": "enterprise"}
_MOST_STATEMENTS = 500
_MOST_PARTNERS = 5000
_LENGTHS = range(5, 8001)
_NO_COUNTRY = BadRowError("country", "is missing", "add its code, for instance DE")
_NO_WEBSITE = BadRowError(
    "website", "is not a web address; it is left out", "write it with https:// in the file"
)
_LEFT_OUT = BadRowError(
    "capabilities",
    "a project's text has fewer than 5 or more than 8000 characters; it is left out",
    "correct the project's title and objective in project.csv",
)
_TOO_MANY = BadRowError(
    "capabilities",
    f"there are more than {_MOST_STATEMENTS} projects; the newest are taken in",
    "leave it so, or remove the projects that matter least from the file",
)
_MISSING = "there is no {name} in the zip; take CORDIS's CSV archive of projects"


def read(file: BinaryIO) -> Iterator[ParsedRow]:
    """The participants in the order of their PICs; `line` is that of their first mention."""
    try:
        with (
            zipfile.ZipFile(file) as archive,
            closing(sqlite3.connect("", check_same_thread=False)) as db,
        ):
            staging = Staging(db)
            staging.load_projects(_table(archive, "project.csv"))
            staging.load_participants(_table(archive, "organization.csv"))
            for participant in staging.participants():
                yield _row(staging, participant)
    except zipfile.BadZipFile as error:
        raise UnreadableFileError("the file is not a zip, or it is damaged") from error
    except (csv.Error, UnicodeDecodeError) as error:
        raise UnreadableFileError(
            f"a table cannot be read: {error}; is it CORDIS's CSV?"
        ) from error


def _temporary() -> sqlite3.Connection:
    """A private database that SQLite keeps in a temporary file."""
    return sqlite3.connect("", check_same_thread=False)


def _table(archive: zipfile.ZipFile, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    found = [entry for entry in archive.namelist() if entry.rsplit("/", 1)[-1].lower() == name]
    if not found:
        raise UnreadableFileError(_MISSING.format(name=name))
    csv.field_size_limit(1 << 20)
    with archive.open(found[0]) as source:
        text = io.TextIOWrapper(source, encoding="utf-8-sig", newline="")
        reader = csv.DictReader(text, delimiter=";")
        line = 2
        for row in reader:
            yield line, {key: value or "" for key, value in row.items() if isinstance(key, str)}
            line = reader.line_num + 1


def _row(staging: Staging, participant: Mapping[str, Any]) -> ParsedRow:
    pic, line = participant["pic"], participant["line"]
    if not participant["country"].strip():
        return rejected(line, _NO_COUNTRY, pic)
    capabilities = _capabilities(staging, pic)
    usable = [item for item in capabilities if len(item["text"]) in _LENGTHS]
    remarks = [_LEFT_OUT.at(line, pic)] if len(usable) < len(capabilities) else []
    if participant["projects"] > _MOST_STATEMENTS:
        remarks.append(_TOO_MANY.at(line, pic))
    values = {key: value for key, value in _values(participant).items() if value}
    values["capabilities"] = usable
    values["collaborations"] = staging.partners(pic, _MOST_PARTNERS)
    parsed = parse(line, values, remarks=remarks)
    if parsed.organisation is None and any(p.field == "website" for p in parsed.problems):
        remarks.append(_NO_WEBSITE.at(line, pic))
        parsed = parse(line, {**values, "website": None}, remarks=remarks)
    return parsed


def _values(participant: Mapping[str, Any]) -> dict[str, Any]:
    website = participant["website"].strip().replace(" ", "%20")
    return {
        "id": participant["pic"],
        "kind": _KINDS.get(participant["activity"], "other"),
        "names": {"en": " ".join(participant["name"].split())},
        "country": participant["country"].strip(),
        "city_name": " ".join(participant["city"].split()),
        "activity": participant["activity"],
        "website": web_address(website) if website else "",
    }


def _capabilities(staging: Staging, pic: str) -> list[dict[str, Any]]:
    return [
        {"id": f"{pic}.{project}", "text": text, "language": "en", "stated_on": started or None}
        for project, text, started in staging.projects_of(pic, _MOST_STATEMENTS)
    ]
