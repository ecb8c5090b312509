"""Idempotency-Key on creates (FAULTS 22)."""

import asyncio

import pytest
import sqlalchemy as sa

from tests.support.profiles import profile

pytestmark = pytest.mark.anyio
KEY = {"Idempotency-Key": "8e03978e-40d5-43dd-bc93-6894a57f9324"}


async def test_fifty_parallel_repetitions_make_one_organisation_and_one_event(profiles, outbox_of):
    body = profile("Acme", capabilities={"c1": "Something useful"})
    client = profiles.coordinator
    answers = await asyncio.gather(
        *(client.post("/organisations", json=body, headers=KEY) for _ in range(50))
    )
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert {a.json()["code"] for a in answers if a.status_code == 409} <= {"request_in_flight"}
    created = [answer for answer in answers if answer.status_code == 201]
    assert len({answer.text for answer in created}) == 1
    assert len(await outbox_of()) == 1
    again = await client.post("/organisations", json=body, headers=KEY)
    assert (again.status_code, again.text) == (201, created[0].text)
    assert again.headers["location"] == created[0].headers["location"]
    assert again.headers["etag"] == '"1"'


async def test_the_first_answer_is_repeated_after_later_changes(profiles):
    member = profiles.member("acme")
    first = await member.post("/organisations", json=profile("Acme"), headers=KEY)
    await member.put("/organisations/acme", json=profile("Later"), headers={"If-Match": '"1"'})
    again = await member.post("/organisations", json=profile("Acme"), headers=KEY)
    assert (again.status_code, again.text) == (201, first.text)


async def test_a_key_with_another_body_is_refused(profiles):
    client = profiles.coordinator
    await client.post("/organisations", json=profile("Acme"), headers=KEY)
    other = await client.post("/organisations", json=profile("Other"), headers=KEY)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


async def test_keys_of_different_principals_do_not_meet(profiles):
    for name in ("one", "two"):
        answer = await profiles.member(name).post(
            "/organisations", json=profile("Same"), headers=KEY
        )
        assert (answer.status_code, answer.json()["id"]) == (201, name)


async def test_a_refused_request_does_not_use_up_its_key(profiles):
    client = profiles.coordinator
    refused = await client.post("/organisations", json=profile("A", ror="x"), headers=KEY)
    assert refused.status_code == 422
    assert (await client.post("/organisations", json=profile("A"), headers=KEY)).status_code == 201


async def test_a_key_is_free_again_after_a_day(profiles):
    client = profiles.coordinator
    await client.post("/organisations", json=profile("Acme"), headers=KEY)
    async with profiles.process.database.transaction() as connection:
        await connection.execute(
            sa.text("update idempotency_keys set created_at = now() - interval '25 hours'")
        )
    other = await client.post("/organisations", json=profile("Other"), headers=KEY)
    assert other.status_code == 201


async def test_a_malformed_key_is_refused(profiles):
    answer = await profiles.coordinator.post(
        "/organisations", json=profile("Acme"), headers={"Idempotency-Key": "x" * 256}
    )
    assert answer.status_code == 422
