"""FAULTS 30: an audit row that is edited or deleted is named by the verifier."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import asyncpg
import pytest

from tests.support.match_desk import ANA, MatchDesk, match_desk

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
async def written(
    migrated_database: Callable[[str], str],
) -> AsyncIterator[tuple[MatchDesk, asyncpg.Connection]]:
    """A trail of eight rows, and a connection of somebody who has got past the guards."""
    url = migrated_database("services.matcher")
    async with match_desk(url) as desk:
        for _ in range(4):
            id, _ = await desk.suggested()
            await desk.decide(id, "approve")
        connection = await asyncpg.connect(url.replace("+asyncpg", ""))
        await connection.execute("create table was as select * from audit")
        await connection.execute("create table head_was as select * from audit_head")
        yield desk, connection
        await connection.close()


@pytest.fixture
async def trail(
    written: tuple[MatchDesk, asyncpg.Connection],
) -> AsyncIterator[tuple[MatchDesk, asyncpg.Connection]]:
    """Put back afterwards as it was."""
    yield written
    _, connection = written
    for statement in (
        "alter table audit disable trigger user",
        "delete from audit",
        "delete from audit_head",
        "insert into audit select * from was",
        "insert into audit_head select * from head_was",
        "alter table audit enable trigger user",
    ):
        await connection.execute(statement)


Trail = tuple[MatchDesk, asyncpg.Connection]


async def verified(desk: MatchDesk, **params: str) -> dict[str, Any]:
    return await desk.call("GET", "/audit/verification", ANA, **params)


async def test_an_untouched_trail_is_intact(trail: Trail) -> None:
    desk, _ = trail
    found = await verified(desk)
    assert (found["intact"], found["entries"], found["findings"]) == (True, 8, [])
    assert (await verified(desk, anchor=found["head"]))["intact"]
    page = await desk.call("GET", "/audit", ANA, action="approved", limit=3)
    assert [entry["seq"] for entry in page["items"]] == [8, 6, 4]
    assert page["next_cursor"]
    assert page["items"][0]["actor"] == "ana"


async def test_the_database_refuses_to_change_or_delete_rows(trail: Trail) -> None:
    _, connection = trail
    for statement in (
        "update audit set actor = 'nobody' where seq = 3",
        "delete from audit where seq = 3",
        "truncate audit",
    ):
        with pytest.raises(asyncpg.PostgresError, match="append only"):
            await connection.execute(statement)


@pytest.mark.parametrize(
    ("statements", "findings"),
    [
        (["update audit set actor = 'nobody' where seq = 3"], [(3, "edited", None)]),
        (
            ['update audit set details = details || \'{"to": "rejected"}\' where seq in (2, 6)'],
            [(2, "edited", None), (6, "edited", None)],
        ),
        (["delete from audit where seq = 4"], [(4, "missing", None)]),
        (["delete from audit where seq between 2 and 5"], [(2, "missing", 5)]),
        (["delete from audit where seq > 6"], [(7, "missing", 8)]),
        (["delete from audit"], [(1, "missing", 8)]),
        (
            [
                "update audit set seq = 0 where seq = 3",
                "update audit set seq = 3 where seq = 4",
                "update audit set seq = 4 where seq = 0",
            ],
            [
                *((3, "broken_link", None), (3, "edited", None), (4, "broken_link", None)),
                *((4, "edited", None), (5, "broken_link", None)),
            ],
        ),
    ],
)
async def test_what_was_done_to_the_trail_is_named(
    trail: Trail, statements: list[str], findings: list[tuple[int, str, int | None]]
) -> None:
    desk, connection = trail
    await connection.execute("alter table audit disable trigger user")
    for statement in statements:
        await connection.execute(statement)
    found = await verified(desk)
    assert not found["intact"]
    assert [(f["seq"], f["problem"], f["until"]) for f in found["findings"]] == findings


async def test_a_trail_that_was_written_anew_does_not_match_a_noted_head(trail: Trail) -> None:
    desk, connection = trail
    head = (await verified(desk))["head"]
    await connection.execute("alter table audit disable trigger user")
    await connection.execute("delete from audit")
    await connection.execute("update audit_head set seq = 0, digest = repeat('0', 64)")
    assert (await verified(desk))["intact"], "nothing but the anchor tells"
    found = await verified(desk, anchor=head)
    assert [(f["seq"], f["problem"], f["until"]) for f in found["findings"]] == [(1, "missing", 8)]
    for _ in range(8):
        await desk.suggested()
    found = await verified(desk, anchor=head)
    assert [(f["seq"], f["problem"]) for f in found["findings"]] == [(8, "replaced")]
