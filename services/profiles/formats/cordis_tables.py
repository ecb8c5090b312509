"""CORDIS's two tables in SQLite, joined."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_SCHEMA = """
create table project (id text primary key, text text, started text) without rowid;
create table participant (
    pic text primary key, line integer, name text, activity text, country text, city text,
    website text
) without rowid;
create table participation (pic text, project text, primary key (pic, project)) without rowid;
"""
_ADD_PARTICIPANT = "insert or ignore into participant values (?, ?, ?, ?, ?, ?, ?)"
_PARTICIPANTS = """
select *, (select count(*) from participation where participation.pic = participant.pic) as projects
from participant order by pic
"""
_PROJECTS = """
select id, text, started from participation join project on project.id = participation.project
where pic = ? order by started desc, id limit ?
"""
_PARTNERS = """
select theirs.pic as organisation, count(*) as count
from participation as ours join participation as theirs using (project)
where ours.pic = :pic and theirs.pic <> :pic group by 1 order by 2 desc, 1 limit :most
"""
Table = Iterable[tuple[int, Mapping[str, str]]]


class Staging:
    """Filled once, then read participant by participant."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        database.row_factory = sqlite3.Row
        database.executescript(_SCHEMA)

    def load_projects(self, rows: Table) -> None:
        """Each project's title and objective as one text."""
        self._database.executemany(
            "insert or replace into project values (?, ?, ?)",
            (
                (row.get("id", ""), _text(row), row.get("startDate", "").strip()[:10])
                for _, row in rows
            ),
        )

    def load_participants(self, rows: Table) -> None:
        """Each organisation as it is first mentioned, and all its participations."""
        for line, row in rows:
            pic = row.get("organisationID", "").strip()
            columns = ("name", "activityType", "country", "city", "organizationURL")
            values = (pic, line, *(row.get(column, "") for column in columns))
            self._database.execute(
                "insert or ignore into participant values (?,?,?,?,?,?,?)", values
            )
            self._database.execute(
                "insert or ignore into participation values (?, ?)", (pic, row.get("projectID", ""))
            )
        self._database.execute("create index by_project on participation (project, pic)")

    def participants(self) -> Iterator[Mapping[str, Any]]:
        """All organisations by PIC, with the number of their projects."""
        for row in self._database.execute(_PARTICIPANTS):
            yield dict(row)

    def projects_of(self, pic: str, most: int) -> list[tuple[str, str, str]]:
        """Id, text and first day of the newest projects of an organisation."""
        return [tuple(row) for row in self._database.execute(_PROJECTS, (pic, most))]

    def partners(self, pic: str, most: int) -> list[dict[str, Any]]:
        """Those it shares most projects with, and how many."""
        found = self._database.execute(_PARTNERS, {"pic": pic, "most": most})
        return [dict(row) for row in found]


def _text(row: Mapping[str, str]) -> str:
    title, objective = row.get("title", "").strip(), row.get("objective", "").strip()
    separator = " " if title.endswith((".", "!", "?")) else ". "
    return separator.join(part for part in (title, objective) if part)
