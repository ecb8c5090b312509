"""Withdrawing, restoring and erasing."""

import pytest
import sqlalchemy as sa

from tests.support.profiles import profile

pytestmark = pytest.mark.anyio
TEXT = "a capability that nobody may remember"


@pytest.fixture
async def acme(profiles):
    owner = profiles.member("acme")
    body = profile("Acme Secrets", capabilities={"c1": TEXT}, uscc="91110000600037341L")
    answer = await owner.post("/organisations", json=body, headers={"Idempotency-Key": "k1"})
    assert answer.status_code == 201
    return owner


async def test_a_withdrawal_needs_the_version_and_may_be_repeated(acme):
    path = "/organisations/acme"
    assert (await acme.delete(path)).status_code == 428
    assert (await acme.delete(path, headers={"If-Match": '"7"'})).status_code == 412
    for _ in range(2):
        answer = await acme.delete(path, headers={"If-Match": '"1"'})
        assert (answer.status_code, answer.headers["etag"]) == (204, '"2"')
    owned = (await acme.get(path)).json()
    assert (owned["status"], owned["version"]) == ("withdrawn", 2)
    assert owned["capabilities"][0]["text"] == TEXT


async def test_a_withdrawn_organisation_is_changed_only_after_its_restoration(acme):
    path = "/organisations/acme"
    await acme.delete(path, headers={"If-Match": '"1"'})
    change = await acme.put(path, json=profile("B"), headers={"If-Match": '"2"'})
    assert (change.status_code, change.json()["code"]) == (409, "conflict")
    stale = await acme.post(f"{path}/restoration", headers={"If-Match": '"1"'})
    assert stale.status_code == 412
    for _ in range(2):
        answer = await acme.post(f"{path}/restoration")
        assert (answer.status_code, answer.headers["etag"]) == (200, '"3"')
    assert (await acme.get(path)).json()["status"] == "active"


async def test_an_erasure_leaves_no_text_in_any_table(profiles, acme):
    path = "/organisations/acme"
    await acme.put(path, json=profile("Renamed", needs={"n": TEXT}), headers={"If-Match": '"1"'})
    for _ in range(2):
        answer = await acme.post(f"{path}/erasure")
        assert answer.json() == {"id": "acme", "version": 3, "status": "erased"}
    async with profiles.process.database.reading() as connection:
        for table in ("organisations", "organisation_versions", "idempotency_keys", "outbox"):
            rows = await connection.execute(
                sa.text(f"select to_jsonb(t)::text as r from {table} t")
            )
            kept = "\n".join(row.r for row in rows)
            for secret in (TEXT, "Acme Secrets", "Renamed", "91110000600037341L"):
                assert secret not in kept, table


async def test_after_an_erasure_nothing_comes_back(profiles, acme):
    path = "/organisations/acme"
    await acme.post(f"{path}/erasure")
    for client in (acme, profiles.coordinator, profiles.service):
        answer = await client.get(path)
        assert (answer.status_code, answer.json()["code"]) == (410, "erased")
    other = profiles.member("other")
    assert (await other.get(path)).status_code == 404
    assert (await other.get(f"{path}/version")).status_code == 404
    stamp = (await acme.get(f"{path}/version")).json()
    assert stamp == {"id": "acme", "version": 2, "status": "erased"}
    body, headers = profile("Back", id="acme"), {"If-Match": "*"}
    replay = profile("Acme Secrets", capabilities={"c1": TEXT}, uscc="91110000600037341L")
    answers = [
        await acme.post("/organisations", json=body),
        await acme.post("/organisations", json=replay, headers={"Idempotency-Key": "k1"}),
        await acme.put(path, json=profile("Back"), headers=headers),
        await acme.put(path, json=profile("Back"), headers={"If-None-Match": "*"}),
        await acme.delete(path, headers=headers),
        await acme.post(f"{path}/restoration"),
        await acme.get(f"{path}/versions"),
        await acme.get(f"{path}/versions/1"),
    ]
    assert [answer.status_code for answer in answers] == [410] * len(answers)
