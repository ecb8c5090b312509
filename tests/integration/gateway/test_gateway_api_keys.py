"""API keys: shown once, two live ones for each owner, refused as soon as they are revoked."""

import asyncio
import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

pytestmark = pytest.mark.anyio


async def made(client: Any, **body: Any) -> dict[str, Any]:
    answer = await client.post("/v1/api-keys", json={"label": "test", **body})
    assert answer.status_code == 201, answer.text
    result: dict[str, Any] = answer.json()
    return result


async def with_key(edge: Any, key: str) -> Any:
    return await edge.client_with({"X-API-Key": key})


async def test_a_members_key_speaks_for_its_organisation(edge: Any) -> None:
    member = await edge.client("member", "alpha")
    key = await made(member, organisation="alpha")

    by_key = await with_key(edge, key["key"])

    me = (await by_key.get("/v1/me")).json()
    assert me == {"subject": "member:alpha", "role": "member", "organisation": "alpha"}
    as_bearer = await edge.client_with({"Authorization": f"Bearer {key['key']}"})
    assert (await as_bearer.get("/v1/me")).json() == me


async def test_only_a_digest_is_stored(edge: Any) -> None:
    member = await edge.client("member", "digest")
    key = await made(member, organisation="digest")

    async with edge.app.state.gateway.database.reading() as connection:
        query = text("select * from api_keys where prefix = :prefix")
        row = (await connection.execute(query, {"prefix": key["prefix"]})).mappings().one()

    assert bytes(row["digest"]) == hashlib.sha256(key["key"].encode()).digest()
    secret = key["key"].split("_", 2)[2]
    assert secret not in repr(dict(row))
    assert secret not in (await member.get("/v1/api-keys")).text


async def test_a_third_live_key_is_refused_even_in_a_race(edge: Any) -> None:
    member = await edge.client("member", "racing")
    body = {"label": "x", "organisation": "racing"}

    answers = await asyncio.gather(*(member.post("/v1/api-keys", json=body) for _ in range(6)))

    assert sorted(answer.status_code for answer in answers) == [201, 201, 409, 409, 409, 409]
    assert {a.json()["code"] for a in answers if a.status_code == 409} == {"too_many_keys"}


async def test_rotation_revokes_one_and_makes_room(edge: Any) -> None:
    member = await edge.client("member", "rotating")
    old = await made(member, organisation="rotating")
    await made(member, organisation="rotating")
    by_old = await with_key(edge, old["key"])
    assert (await by_old.get("/v1/me")).status_code == 200

    assert (await member.delete(f"/v1/api-keys/{old['id']}")).status_code == 204

    assert (await by_old.get("/v1/me")).status_code == 401
    await made(member, organisation="rotating")
    listed = (await member.get("/v1/api-keys")).json()["items"]
    assert [key["revoked_at"] is not None for key in listed] == [False, False, True]


async def test_an_expired_key_is_refused_and_makes_room(edge: Any) -> None:
    member = await edge.client("member", "expiring")
    past = (datetime.now(UTC) - timedelta(seconds=1)).isoformat()
    expired = await made(member, organisation="expiring", expires_at=past)

    assert (await (await with_key(edge, expired["key"])).get("/v1/me")).status_code == 401
    await made(member, organisation="expiring")
    await made(member, organisation="expiring")


async def test_the_right_prefix_with_another_secret_is_refused(edge: Any) -> None:
    member = await edge.client("member", "guessed")
    key = await made(member, organisation="guessed")

    guess = f"hz_{key['prefix']}_{'A' * 43}"

    assert (await (await with_key(edge, guess)).get("/v1/me")).status_code == 401


async def test_last_use_is_kept(edge: Any) -> None:
    member = await edge.client("member", "used")
    key = await made(member, organisation="used")
    assert key["last_used_at"] is None

    await (await with_key(edge, key["key"])).get("/v1/me")

    (listed,) = (await member.get("/v1/api-keys")).json()["items"]
    assert listed["last_used_at"] is not None


@pytest.mark.parametrize(
    ("role", "organisation", "body", "status"),
    [
        ("member", "a", {"organisation": "b"}, 403),
        ("member", "a", {"role": "coordinator"}, 403),
        ("member", "a", {"role": "operator"}, 403),
        ("member", "a", {}, 422),
        ("coordinator", None, {"role": "coordinator"}, 201),
        ("coordinator", None, {"role": "operator"}, 403),
        ("coordinator", None, {"organisation": "a"}, 403),
        ("batch", None, {"role": "batch"}, 403),
        ("operator", None, {"role": "batch"}, 201),
        ("operator", None, {"organisation": "made-by-operator"}, 201),
        ("operator", None, {"role": "service"}, 422),
        ("operator", None, {"role": "batch", "organisation": "a"}, 422),
    ],
)
async def test_who_may_make_which(
    edge: Any, role: str, organisation: str | None, body: dict[str, Any], status: int
) -> None:
    client = await edge.client(role, organisation)

    answer = await client.post("/v1/api-keys", json={"label": "x", **body})

    assert answer.status_code == status, answer.text


async def test_others_keys_are_neither_seen_nor_revoked(edge: Any) -> None:
    mine = await made(await edge.client("member", "mine"), organisation="mine")
    stranger = await edge.client("member", "stranger")

    assert (await stranger.get("/v1/api-keys")).json()["items"] == []
    assert (await stranger.delete(f"/v1/api-keys/{mine['id']}")).status_code == 404
    assert (await (await with_key(edge, mine["key"])).get("/v1/me")).status_code == 200


async def test_an_operator_pages_through_all(edge: Any) -> None:
    for name in ("page-a", "page-b", "page-c"):
        await made(await edge.client("member", name), organisation=name)
    operator = await edge.client("operator")

    seen: list[str] = []
    cursor = ""
    while True:
        page = (await operator.get(f"/v1/api-keys?limit=2{cursor}")).json()
        seen += [key["id"] for key in page["items"]]
        if not page["next_cursor"]:
            break
        cursor = f"&cursor={page['next_cursor']}"

    assert len(seen) == len(set(seen)) >= 3


async def test_the_database_being_away_is_a_503(make_edge: Any) -> None:
    edge = make_edge(database_url="postgresql+asyncpg://nobody@127.0.0.1:1/none")
    client = await with_key(edge, "hz_aaaaaaaa_" + "A" * 43)

    answer = await client.get("/v1/me")

    assert (answer.status_code, answer.json()["parameters"]) == (503, {"what": "postgresql"})
