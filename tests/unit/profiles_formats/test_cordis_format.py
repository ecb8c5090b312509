"""CORDIS's zip: participants, their projects, who worked with whom."""

import io
import zipfile
from typing import Any

import pytest

from services.profiles.formats import cordis
from services.profiles.formats.rows import ParsedRow, UnreadableFileError
from shared.contracts.organisation import Kind

PROJECTS = """\ufeff"id";"acronym";"title";"startDate";"objective"
"101";"A";"Tides of glass";"2023-01-01";"We make ""lenses"";
over two lines."
"102";"B";"Is it late?";"2024-05-01";"Clocks."
"103";"C";"";"";"x"
"""
PARTICIPANTS = """projectID;organisationID;name;activityType;city;country;organizationURL
"101";"900";"Acme  Ltd";"PRC";"Athens";"EL";"acme.example"
"101";"800";"University";"HES";"London";"UK";"http://u.example/a b"
"102";"800";"University (again)";"HES";"London";"UK";""
"102";"900";"Acme Ltd";"PRC";"Athens";"EL";""
"103";"700";"Town";"PUB";"Paris";"FR";"http:// "
"103";"600";"Nowhere";"OTH";"";"";""
"""


def archive(**files: str) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as target:
        for name, content in files.items():
            target.writestr(f"csv/{name}.csv", content)
    return file


@pytest.fixture
def rows() -> dict[str, ParsedRow]:
    found = cordis.read(archive(project=PROJECTS, organization=PARTICIPANTS))
    return {row.organisation.id or "": row for row in found if row.organisation}


def test_participants_become_organisations(rows: dict[str, Any]):
    acme, university, town = (rows[pic].organisation for pic in ("900", "800", "700"))
    assert [o.kind for o in (acme, university, town)] == [
        Kind.ENTERPRISE, Kind.INSTITUTION, Kind.OTHER,
    ]  # fmt: skip
    assert (acme.names.en, acme.country, acme.city_name) == ("Acme Ltd", "GR", "Athens")
    assert acme.website == "https://acme.example"
    assert (university.country, university.website) == ("GB", "http://u.example/a%20b")
    assert university.activity == "HES"


def test_projects_become_capabilities_newest_first(rows: dict[str, Any]):
    capabilities = rows["900"].organisation.capabilities
    assert [c.id for c in capabilities] == ["900.102", "900.101"]
    assert capabilities[0].text == "Is it late? Clocks."
    assert capabilities[1].text == 'Tides of glass. We make "lenses";\nover two lines.'
    assert (capabilities[1].language, str(capabilities[1].stated_on)) == ("en", "2023-01-01")


def test_shared_projects_become_collaborations(rows: dict[str, Any]):
    [partner] = rows["900"].organisation.collaborations
    assert (partner.organisation, partner.count) == ("800", 2)


def test_what_cannot_be_used_is_left_out_and_reported(rows: dict[str, Any]):
    assert rows["700"].organisation.website is None
    assert rows["700"].organisation.capabilities == ()
    assert [problem.field for problem in rows["700"].problems] == ["capabilities", "website"]


def test_a_participant_without_a_country_is_reported_with_its_line():
    found = list(cordis.read(archive(project=PROJECTS, organization=PARTICIPANTS)))
    [lost] = [row for row in found if row.organisation is None]
    assert (lost.line, lost.problems[0].organisation, lost.problems[0].field) == (
        7, "600", "country",
    )  # fmt: skip


def test_a_zip_without_the_tables_is_refused():
    with pytest.raises(UnreadableFileError, match=r"organization\.csv"):
        list(cordis.read(archive(project=PROJECTS)))
    with pytest.raises(UnreadableFileError, match="not a zip"):
        list(cordis.read(io.BytesIO(b"hello")))


def test_the_newest_of_very_many_projects_are_taken():
    projects = "id;title;startDate;objective\n" + "".join(
        f"{n};Title {n};2020-01-01;Words\n" for n in range(600)
    )
    participants = "projectID;organisationID;name;activityType;city;country;organizationURL\n"
    participants += "".join(f"{n};1;Big;REC;Bonn;DE;\n" for n in range(600))
    [row] = cordis.read(archive(project=projects, organization=participants))
    assert row.organisation is not None
    assert len(row.organisation.capabilities) == 500
    assert "more than 500" in row.problems[0].problem
