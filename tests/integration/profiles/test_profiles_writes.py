"""Creating, replacing, patching: versions, preconditions, identifiers, what is refused."""

import asyncio

import pytest

from tests.support.profiles import profile
from tests.support.profiles_service import ProfilesUnderTest

pytestmark = pytest.mark.anyio
USCC = "91110000600037341L"
ROR = "https://ror.org/00073tb80"


async def create(profiles: ProfilesUnderTest, name: str, **more: object) -> None:
    body = profile(name, capabilities={"c1": f"{name} can do things"}, **more)
    answer = await profiles.coordinator.put(
        f"/organisations/{name}", json=body, headers={"If-None-Match": "*"}
    )
    assert answer.status_code == 201, answer.text


async def test_a_created_organisation_has_a_location_and_an_etag(profiles):
    answer = await profiles.member("acme").post("/organisations", json=profile("Acme"))
    assert answer.status_code == 201, answer.text
    assert answer.json()["id"] == "acme"
    assert answer.headers["location"] == "/organisations/acme"
    assert answer.headers["etag"] == '"1"'


async def test_the_platform_makes_an_id_for_a_coordinator(profiles):
    answer = await profiles.coordinator.post("/organisations", json=profile("Vision Lab, Ltd."))
    assert answer.json()["id"].startswith("vision-lab-ltd-")


async def test_creating_twice_is_a_conflict(profiles):
    await create(profiles, "acme")
    answer = await profiles.coordinator.post("/organisations", json=profile("Acme", id="acme"))
    assert (answer.status_code, answer.json()["code"]) == (409, "already_exists")


async def test_languages_are_detected_and_places_completed(profiles):
    body = profile(
        "NUIST",
        country="CN",
        city="320100",
        capabilities={"c1": "气象数据三维可视化与数字孪生", "c2": "Weather visualisation"},
    )
    stored = (await profiles.coordinator.post("/organisations", json=body)).json()
    assert [c["language"] for c in stored["capabilities"]] == ["zh", "en"]
    assert (stored["province"], stored["city_name"]) == ("320000", "南京市")


async def test_replacing_needs_the_version_that_was_read(profiles):
    await create(profiles, "acme")
    member, path = profiles.member("acme"), "/organisations/acme"
    without = await member.put(path, json=profile("Acme 2"))
    assert (without.status_code, without.json()["code"]) == (428, "version_required")
    right = await member.put(path, json=profile("Acme 2"), headers={"If-Match": '"1"'})
    assert (right.status_code, right.headers["etag"]) == (200, '"2"')
    stale = await member.put(path, json=profile("Acme 3"), headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    assert stale.headers["etag"] == '"2"'
    create_again = await member.put(path, json=profile("X"), headers={"If-None-Match": "*"})
    assert create_again.status_code == 412
    weak = await member.put(path, json=profile("X"), headers={"If-Match": 'W/"2"'})
    assert weak.status_code == 412


async def test_of_ten_concurrent_replacements_one_wins(profiles):
    await create(profiles, "acme")
    member = profiles.member("acme")
    answers = await asyncio.gather(
        *(
            member.put(
                "/organisations/acme", json=profile(f"Acme {n}"), headers={"If-Match": '"1"'}
            )
            for n in range(10)
        )
    )
    assert sorted(a.status_code for a in answers) == [200] + [412] * 9


async def test_of_ten_concurrent_creations_one_wins(profiles):
    answers = await asyncio.gather(
        *(
            profiles.coordinator.put(
                "/organisations/new", json=profile(f"New {n}"), headers={"If-None-Match": "*"}
            )
            for n in range(10)
        )
    )
    assert sorted(a.status_code for a in answers) == [201] + [412] * 9


async def test_equal_content_makes_no_version_and_no_event(profiles, outbox_of):
    await create(profiles, "acme")
    body = (await profiles.member("acme").get("/organisations/acme")).json()
    for extra in ("id", "version", "status", "created_at", "updated_at"):
        del body[extra]
    same = await profiles.member("acme").put(
        "/organisations/acme", json=body, headers={"If-Match": '"1"'}
    )
    assert (same.status_code, same.headers["etag"]) == (200, '"1"')
    assert [row["version"] for row in await outbox_of()] == [1]


async def test_a_merge_patch_changes_only_what_it_names(profiles):
    await create(profiles, "acme", website="https://acme.example", capacity=7)
    member, path = profiles.member("acme"), "/organisations/acme"
    headers = {"If-Match": '"1"', "Content-Type": "application/merge-patch+json"}
    patch = '{"website": null, "names": {"zh": "阿克米"}}'
    answer = await member.patch(path, content=patch, headers=headers)
    assert answer.status_code == 200, answer.text
    patched = answer.json()
    assert patched["names"] == {"zh": "阿克米", "en": "acme"}
    assert (patched["website"], patched["capacity"]) == (None, 7)
    assert patched["capabilities"][0]["id"] == "c1"


@pytest.mark.parametrize(
    ("content", "kind", "status", "code"),
    [
        ('{"capacity": 3}', "application/json", 415, "unsupported_media_type"),
        ("{", "application/merge-patch+json", 400, "malformed_json"),
        ("[" * 100_000, "application/merge-patch+json", 400, "malformed_json"),
        ("[]", "application/merge-patch+json", 422, "invalid_request"),
        ('{"capacity": -1}', "application/merge-patch+json", 422, "invalid_request"),
        ('{"names": null}', "application/merge-patch+json", 422, "invalid_request"),
        ('{"\\ud800": 1}', "application/merge-patch+json", 422, "invalid_request"),
    ],
)
async def test_a_patch_that_cannot_be_applied_says_why(profiles, content, kind, status, code):
    await create(profiles, "acme")
    headers = {"If-Match": '"1"', "Content-Type": kind}
    answer = await profiles.member("acme").patch(
        "/organisations/acme", content=content, headers=headers
    )
    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"uscc": "91110000600037341X"}, "uscc"),
        ({"ror": "00073tb81"}, "ror"),
        ({"country": "UK"}, "country"),
        ({"province": "990000"}, "province"),
        ({"province": "320000", "city": "110100"}, "city"),
        ({"country": "DE", "province": "320000"}, "province"),
        ({"fields": ["xr-displai"]}, "fields.0"),
        ({"exclusions": ["acme"]}, "exclusions"),
        ({"surprise": 1}, "surprise"),
        ({"capacity": "many"}, "capacity"),
        ({"website": "ftp://x"}, "website"),
        ({"capabilities": [{"id": "c", "text": "tiny"}]}, "capabilities.0.text"),
    ],
)
async def test_a_refused_field_says_where_and_how_to_mend_it(profiles, change, field):
    answer = await profiles.coordinator.post(
        "/organisations", json=profile("Acme", id="acme") | change
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
    problems = {problem["field"]: problem for problem in answer.json()["fields"]}
    assert problems[field]["problem"]
    assert problems[field]["mend"]


@pytest.mark.parametrize(
    "body",
    [
        b'{"kind": "other", "names": {"en": "\\ud800"}}',
        b'{"kind": "other", "names": {"en": "nul \\u0000"}}',
        b'{"kind": "other", "names": {"en": "two\\r\\nlines"}}',
        b'{"kind": "other", "names": {"en": "x"}, "\\udfff": 1}',
        b'{"kind": "other", "names": {"en": "x"}, "needs": [{"id": "n", "text": "\\udc00aaaaa"}]}',
    ],
)
async def test_what_cannot_be_stored_is_refused_not_an_error_of_ours(profiles, body):
    answer = await profiles.coordinator.post(
        "/organisations", content=body, headers={"Content-Type": "application/json"}
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")


@pytest.mark.parametrize("body", [b"[" * 200_000, b'{"a":' * 100_000, b"\xff", b"", b"9" * 9000])
async def test_a_body_that_is_no_organisation_is_no_error_of_ours(profiles, body):
    answer = await profiles.coordinator.post(
        "/organisations", content=body, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code in (400, 422)


async def test_an_identifier_belongs_to_one_organisation(profiles):
    await create(profiles, "first", uscc=USCC, ror=ROR)
    second = profile("Second", uscc=USCC.lower())
    taken = await profiles.member("second").post("/organisations", json=second)
    assert (taken.status_code, taken.json()["code"]) == (409, "identifier_taken")
    assert "first" not in taken.text
    told = await profiles.coordinator.post("/organisations", json=second | {"id": "second"})
    assert "first" in told.json()["fields"][0]["mend"]
    by_ror = await profiles.member("third").post("/organisations", json=profile("T", ror=ROR))
    assert by_ror.json()["parameters"]["field"] == "ror"


async def test_one_of_many_wins_an_identifier(profiles):
    answers = await asyncio.gather(
        *(
            profiles.member(f"o{n}").post("/organisations", json=profile(f"O {n}", uscc=USCC))
            for n in range(8)
        )
    )
    assert sorted(a.status_code for a in answers) == [201] + [409] * 7
    assert {a.json()["code"] for a in answers if a.status_code == 409} == {"identifier_taken"}


async def test_each_write_leaves_exactly_one_event_without_text(profiles, outbox_of):
    await create(profiles, "acme")
    member = profiles.member("acme")
    await member.put("/organisations/acme", json=profile("B"), headers={"If-Match": '"1"'})
    await member.delete("/organisations/acme", headers={"If-Match": '"2"'})
    await member.post("/organisations/acme/restoration")
    await member.post("/organisations/acme/erasure")
    events = await outbox_of()
    assert [(e["version"], e["change"]) for e in events] == [
        (1, "saved"),
        (2, "saved"),
        (3, "withdrawn"),
        (4, "saved"),
        (5, "erased"),
    ]
    known = {"event_id", "organisation_id", "version", "change", "occurred_at", "request_id"}
    assert all(set(event) == known for event in events)
