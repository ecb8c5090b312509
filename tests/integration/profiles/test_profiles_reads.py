"""What each reader sees: visibility, filters, search, pages, history."""

import pytest

from shared.contracts.principal import Role
from tests.support.profiles import profile
from tests.support.profiles_service import ProfilesUnderTest

pytestmark = pytest.mark.anyio
SECRET_WORDS = "unannounced graphene waveguide"


@pytest.fixture
async def stocked(profiles: ProfilesUnderTest) -> ProfilesUnderTest:
    """`open` and `secretive` in Jiangsu and Beijing, `gone` withdrawn."""
    bodies = {
        "open": profile(
            "Open Lab", capabilities={"c1": "Rendering of 100% digital humans"}, province="320000"
        ),
        "secretive": profile("秘研所", province="110000", kind="enterprise")
        | {
            "names": {"zh": "秘研所", "en": "Secretive Ltd"},
            "contacts": [{"name": "Wang", "email": "wang@secretive.example"}],
            "exclusions": ["open"],
            "fields": ["xr-display"],
            "capabilities": [
                {"id": "c1", "text": "Public optics testing"},
                {
                    "id": "c2",
                    "text": SECRET_WORDS,
                    "visibility": "confidential",
                    "fields": ["mid-air-haptics"],
                },
            ],
        },
        "gone": profile("Gone Institute", needs={"n1": "something from the past"}),
    }
    for name, body in bodies.items():
        answer = await profiles.coordinator.put(
            f"/organisations/{name}", json=body, headers={"If-None-Match": "*"}
        )
        assert answer.status_code == 201, answer.text
    await profiles.coordinator.delete("/organisations/gone", headers={"If-Match": '"1"'})
    return profiles


async def ids(client, **params: object) -> list[str]:
    answer = await client.get("/organisations", params=params)
    assert answer.status_code == 200, answer.text
    return [item["id"] for item in answer.json()["items"]]


async def test_others_see_the_public_part_only(stocked):
    answer = await stocked.member("open").get("/organisations/secretive")
    seen = answer.json()
    assert [c["id"] for c in seen["capabilities"]] == ["c1"]
    assert (seen["contacts"], seen["exclusions"]) == ([], [])
    assert SECRET_WORDS not in answer.text


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.OPERATOR, Role.BATCH, Role.SERVICE])
async def test_the_platform_sees_all(stocked, role):
    assert SECRET_WORDS in (await stocked.role(role).get("/organisations/secretive")).text


async def test_a_read_with_the_known_etag_is_not_repeated(stocked):
    answer = await stocked.member("open").get(
        "/organisations/open", headers={"If-None-Match": '"9", W/"1"'}
    )
    assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", '"1"')


async def test_withdrawn_ones_are_hidden_from_others_everywhere(stocked):
    other, owner = stocked.member("open"), stocked.member("gone")
    for path in ("/organisations/gone", "/organisations/gone/version"):
        assert (await other.get(path)).status_code == 404
        assert (await owner.get(path)).status_code == 200
    assert "gone" not in await ids(other)
    assert await ids(other, status="withdrawn") == []
    assert await ids(owner, status="withdrawn") == ["gone"]
    assert await ids(stocked.coordinator, status="withdrawn") == ["gone"]


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({}, ["open", "secretive"]),
        ({"kind": "enterprise"}, ["secretive"]),
        ({"province": "320000"}, ["open"]),
        ({"country": "DE"}, []),
        ({"field": "xr-display"}, ["secretive"]),
        ({"text": "秘研"}, ["secretive"]),
        ({"text": "RENDERING"}, ["open"]),
        ({"text": "\uff32endering"}, ["open"]),
        ({"text": "100%"}, ["open"]),
        ({"text": "%"}, ["open"]),
        ({"text": "_"}, []),
        ({"text": "\\"}, []),
        ({"updated_since": "2999-01-01T00:00:00Z"}, []),
        ({"updated_since": "2000-01-01T00:00:00Z"}, ["open", "secretive"]),
    ],
)
async def test_filters_narrow_the_list(stocked, params, found):
    assert await ids(stocked.member("open"), **params) == found


async def test_search_is_no_oracle_for_what_others_keep_confidential(stocked):
    other, owner = stocked.member("open"), stocked.member("secretive")
    for secret in ("graphene", "wang@secretive.example", "Wang"):
        assert await ids(other, text=secret) == []
    assert await ids(other, field="mid-air-haptics") == []
    assert await ids(owner, text="GRAPHENE") == ["secretive"]
    assert await ids(stocked.coordinator, text="graphene") == ["secretive"]
    assert await ids(stocked.coordinator, field="mid-air-haptics") == ["secretive"]
    assert await ids(stocked.member(None), text="graphene") == []


async def test_counts_count_only_what_the_reader_sees(stocked):
    async def capabilities(client) -> int:
        items = (await client.get("/organisations", params={"text": "Secretive"})).json()["items"]
        return items[0]["capabilities"]

    assert await capabilities(stocked.member("open")) == 1
    assert await capabilities(stocked.member("secretive")) == 2
    assert await capabilities(stocked.coordinator) == 2


@pytest.mark.parametrize(
    "params",
    [
        {"cursor": "!"},
        {"cursor": "b3Blbg=="},
        {"cursor": "AA"},
        {"cursor": ""},
        {"limit": 0},
        {"limit": 201},
        {"text": "nul\x00"},
        {"status": "erased"},
        {"kind": "club"},
    ],
)
async def test_malformed_queries_are_refused(stocked, params):
    answer = await stocked.member("open").get("/organisations", params=params)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
    assert answer.json()["fields"]


async def test_pages_miss_and_repeat_nothing_while_others_insert(profiles):
    async def insert(name: str) -> None:
        await profiles.coordinator.put(
            f"/organisations/{name}", json=profile(name), headers={"If-None-Match": "*"}
        )

    for number in range(10):
        await insert(f"o{number}5")
    seen, cursor, page = [], None, 0
    while True:
        params = {"limit": 3} | ({"cursor": cursor} if cursor else {})
        answer = (await profiles.member(None).get("/organisations", params=params)).json()
        seen += [item["id"] for item in answer["items"]]
        await insert(f"o0{page}")  # before what was read already
        page, cursor = page + 1, answer["next_cursor"]
        if cursor is None:
            break
    assert seen == [f"o{number}5" for number in range(10)]


async def test_history_is_for_the_owner_and_the_coordinators(stocked):
    owner = stocked.member("gone")
    await owner.post("/organisations/gone/restoration")
    page = (await owner.get("/organisations/gone/versions", params={"limit": 2})).json()
    assert [(v["version"], v["status"]) for v in page["items"]] == [(3, "active"), (2, "withdrawn")]
    assert page["items"][1]["profile"] is None
    rest = await owner.get("/organisations/gone/versions", params={"cursor": page["next_cursor"]})
    assert [v["version"] for v in rest.json()["items"]] == [1]
    assert rest.json()["items"][0]["changed_by"] == "the-coordinator"
    one = await stocked.coordinator.get("/organisations/gone/versions/1")
    assert one.json()["profile"]["needs"][0]["text"] == "something from the past"
    assert (await owner.get("/organisations/gone/versions/9")).status_code == 404
    for path in ("versions", "versions/1"):
        answer = await stocked.member("open").get(f"/organisations/gone/{path}")
        assert answer.status_code == 403
    assert (await stocked.role(Role.BATCH).get("/organisations/gone/versions")).status_code == 403


async def test_services_read_many_in_any_state(stocked):
    await stocked.coordinator.post("/organisations/gone/erasure")
    body = {"ids": ["secretive", "gone", "unknown", "open"]}
    answer = await stocked.service.post("/organisations/batch-read", json=body)
    assert [(i["id"], i["status"]) for i in answer.json()["items"]] == [
        ("gone", "erased"),
        ("open", "active"),
        ("secretive", "active"),
    ]
    assert SECRET_WORDS in answer.text
    too_many = {"ids": [f"o{n}" for n in range(1001)]}
    refused = await stocked.service.post("/organisations/batch-read", json=too_many)
    assert refused.status_code == 422
    for client in (stocked.member("secretive"), stocked.role(Role.BATCH)):
        assert (await client.post("/organisations/batch-read", json=body)).status_code == 403


async def test_the_manifest_lists_all_versions_in_bytewise_order(stocked):
    await stocked.coordinator.put(
        "/organisations/Zeta", json=profile("Zeta"), headers={"If-None-Match": "*"}
    )
    first = (await stocked.service.get("/organisations-manifest", params={"limit": 2})).json()
    after = {"after": first["next_cursor"], "limit": 2}
    second = (await stocked.service.get("/organisations-manifest", params=after)).json()
    stamps = [(i["id"], i["version"], i["status"]) for i in first["items"] + second["items"]]
    assert stamps == [
        ("Zeta", 1, "active"),
        ("gone", 2, "withdrawn"),
        ("open", 1, "active"),
        ("secretive", 1, "active"),
    ]
    assert second["next_cursor"] is None
    for client in (stocked.member("open"), stocked.coordinator):
        assert (await client.get("/organisations-manifest")).status_code == 403


async def test_nobody_reads_without_a_token(stocked):
    import httpx2 as httpx

    transport = httpx.ASGITransport(stocked.app)
    async with httpx.AsyncClient(transport=transport, base_url="http://profiles") as anonymous:
        for path in ("/organisations", "/organisations/open", "/organisations-manifest"):
            assert (await anonymous.get(path)).status_code == 401
        assert (await anonymous.get("/health")).status_code == 200
