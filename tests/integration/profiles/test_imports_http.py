"""Importing and exporting over HTTP: counts, reports, rights, idempotency."""

import asyncio
import io
import json
from typing import Any

import httpx2 as httpx
import pytest

from services.profiles.formats import csv_format
from shared.contracts.principal import Role
from tests.support.import_files import json_lines, many, organisation
from tests.support.profiles_service import ProfilesUnderTest

pytestmark = pytest.mark.anyio
ALLOWED = (Role.COORDINATOR, Role.BATCH, Role.OPERATOR)


async def start(profiles: ProfilesUnderTest, content: bytes, **params: Any) -> dict[str, Any]:
    answer = await profiles.role(Role.BATCH).post("/imports", content=content, params=params)
    assert answer.status_code == 202, answer.text
    job: dict[str, Any] = answer.json()
    return job


async def finished(profiles: ProfilesUnderTest, job: dict[str, Any]) -> dict[str, Any]:
    client = profiles.role(Role.BATCH)
    async with asyncio.timeout(60):
        while job["status"] in ("receiving", "running"):
            await asyncio.sleep(0.05)
            job = (await client.get(f"/imports/{job['id']}")).json()
    return job


async def run(profiles: ProfilesUnderTest, content: bytes, **params: Any) -> dict[str, Any]:
    return await finished(profiles, await start(profiles, content, **params))


async def problems_of(profiles: ProfilesUnderTest, job: dict[str, Any]) -> list[dict[str, Any]]:
    answer = await profiles.coordinator.get(f"/imports/{job['id']}/problems")
    return list(answer.json()["items"])


async def test_an_imported_file_is_there_and_counted(profiles):
    job = await run(profiles, many(450), file_name="all.jsonl")
    assert job["status"] == "done", job
    assert (job["format"], job["file_name"]) == ("jsonl", "all.jsonl")
    assert job["counts"] == {
        "rows": 450, "created": 450, "updated": 0, "unchanged": 0, "rejected": 0,
        "statements": 450,
    }  # fmt: skip
    assert job["rows_expected"] == 450
    assert (await profiles.coordinator.get("/organisations/org-449")).status_code == 200


async def test_the_same_file_again_changes_nothing(profiles, outbox_of):
    await run(profiles, many(30))
    events = len(await outbox_of())
    job = await run(profiles, many(30))
    assert (job["counts"]["unchanged"], job["counts"]["updated"]) == (30, 0)
    assert len(await outbox_of()) == events


async def test_a_dry_run_writes_nothing_but_the_report(profiles, outbox_of):
    rows = [organisation(1), organisation(2, kind="club")]
    job = await run(profiles, json_lines(rows), dry_run=True)
    assert (job["counts"]["created"], job["counts"]["rejected"]) == (1, 1)
    assert len(await problems_of(profiles, job)) == 1
    assert (await profiles.coordinator.get("/organisations/org-1")).status_code == 404
    assert await outbox_of() == []


async def test_bad_rows_are_reported_with_their_mend_and_the_others_are_taken(profiles):
    long, short = [{"id": "c1", "text": "x" * 8001}], [{"id": "c1", "text": "XR"}]
    rows = [
        organisation(1),
        organisation(2, capabilities=long),
        organisation(3, capabilities=short),
        organisation(4, uscc="911100006000373410"),
        organisation(5, province="江苏"),
        organisation(1),
    ]
    job = await run(profiles, json_lines(rows) + b"{broken\n")
    assert job["status"] == "done"
    assert (job["counts"]["created"], job["counts"]["rejected"]) == (2, 5)
    found = {(p["line"], p["field"]): p for p in await problems_of(profiles, job)}
    assert list(found) == [
        (2, "capabilities.0.text"), (3, "capabilities.0.text"), (4, "uscc"), (6, "id"), (7, "row"),
    ]  # fmt: skip
    assert found[2, "capabilities.0.text"]["problem"] == (
        "has 8001 characters; at most 8000 are allowed"
    )
    assert "split it" in found[2, "capabilities.0.text"]["mend"]
    assert found[4, "uscc"]["organisation"] == "org-4"
    assert all(problem["mend"] for problem in found.values())
    stored = (await profiles.coordinator.get("/organisations/org-5")).json()
    assert stored["province"] == "320000"


async def test_the_report_comes_in_pages(profiles):
    rows = [organisation(number, kind="club") for number in range(7)]
    job = await run(profiles, json_lines(rows))
    lines, cursor = [], None
    while True:
        params = {"limit": 3} | ({"cursor": cursor} if cursor else {})
        page = (
            await profiles.coordinator.get(f"/imports/{job['id']}/problems", params=params)
        ).json()
        lines += [item["line"] for item in page["items"]]
        if (cursor := page["next_cursor"]) is None:
            break
    assert lines == [1, 2, 3, 4, 5, 6, 7]


async def test_ids_that_postgresql_cannot_store_are_reported(profiles):
    content = b'{"id": "a\\u0000b", "kind": "x", "bad\\ud800\\u0000field": 1}\n'
    job = await run(profiles, content + many(1), format="jsonl")
    assert (job["status"], job["counts"]["created"], job["counts"]["rejected"]) == ("done", 1, 1)


async def test_a_file_that_is_no_workbook_fails_with_a_mend(profiles):
    job = await run(profiles, b"PK\x03\x04 nothing in it", format="xlsx")
    assert job["status"] == "failed"
    assert "open it in Excel" in job["problem"]


async def test_an_empty_or_unknown_file_is_refused_at_once(profiles):
    client = profiles.coordinator
    assert (await client.post("/imports", content=b"")).status_code == 422
    answer = await client.post("/imports", content=b"hello", params={"file_name": "a.bin"})
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")


async def test_members_and_services_may_not_import(profiles):
    for client in (profiles.member("org-1"), profiles.service):
        job_id = "0" * 32
        for answer in (
            await client.post("/imports", content=many(1)),
            await client.get("/imports"),
            await client.get(f"/imports/{job_id}"),
            await client.get(f"/imports/{job_id}/problems"),
            await client.post(f"/imports/{job_id}/cancellation"),
        ):
            assert answer.status_code == 403


@pytest.mark.parametrize("role", ALLOWED)
async def test_staff_and_batch_jobs_see_all_imports(profiles, role):
    job = await run(profiles, many(1))
    page = (await profiles.role(role).get("/imports", params={"limit": 1})).json()
    assert [item["id"] for item in page["items"]] == [job["id"]]


async def test_an_unknown_import_is_not_found_and_an_ended_one_cannot_be_cancelled(profiles):
    client = profiles.coordinator
    assert (await client.get(f"/imports/{'0' * 32}")).status_code == 404
    job = await run(profiles, many(1))
    assert (await client.post(f"/imports/{job['id']}/cancellation")).status_code == 409


@pytest.mark.parametrize("format", ["jsonl", "csv", "xlsx", "dataset"])
async def test_an_export_can_be_imported_unchanged(profiles, format):
    await run(profiles, many(250))
    exported = await profiles.coordinator.get("/exports", params={"format": format})
    assert exported.status_code == 200
    job = await run(profiles, exported.content, format=format)
    assert (job["counts"]["rows"], job["counts"]["unchanged"]) == (250, 250)


async def test_an_export_is_filtered(profiles):
    rows = [organisation(1, province="320000"), organisation(2, kind="enterprise")]
    await run(profiles, json_lines(rows))
    client = profiles.role(Role.OPERATOR)
    for params, ids in (
        ({"province": "320000"}, ["org-1"]),
        ({"kind": "enterprise"}, ["org-2"]),
        ({"country": "DE"}, []),
        ({"field": "xr-display"}, []),
    ):
        assert ids_in(await client.get("/exports", params=params)) == ids


async def test_a_member_exports_its_own_organisation_only_and_in_full(profiles):
    secret = {"id": "n1", "text": "A confidential need", "visibility": "confidential"}
    await run(profiles, json_lines([organisation(1, needs=[secret]), organisation(2)]))
    own = await profiles.member("org-1").get("/exports")
    assert ids_in(own) == ["org-1"]
    assert "A confidential need" in own.text
    assert (await profiles.member(None).get("/exports")).status_code == 403


async def test_a_read_only_format_is_not_exported(profiles):
    answer = await profiles.coordinator.get("/exports", params={"format": "ror"})
    assert answer.status_code == 422


async def test_an_exported_csv_holds_no_live_formula(profiles):
    rows = [organisation(1, names={"en": "=cmd|' /C calc'!A0"})]
    await run(profiles, json_lines(rows))
    exported = await profiles.coordinator.get("/exports", params={"format": "csv"})
    assert '"=cmd' not in exported.text
    [row] = csv_format.read(io.BytesIO(exported.content))
    assert row.organisation is not None
    assert row.organisation.names.en == "=cmd|' /C calc'!A0"


def ids_in(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [json.loads(line)["id"] for line in answer.text.splitlines()]
