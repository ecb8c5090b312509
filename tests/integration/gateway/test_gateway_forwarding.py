"""What goes on to the services, what comes back, and what is kept from this reader."""

import json
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest

from services.profiles.settings import ProfilesSettings
from shared.contracts.health import PROBE_SECONDS
from shared.contracts.imports import ImportCounts, ImportFormat, ImportJob, ImportStatus
from shared.contracts.organisation import OrganisationPage, OrganisationSummary, Status
from shared.contracts.principal import Role
from tests.support.careless_services import (
    MOMENT,
    SECRET_TEXT,
    organisation,
    search_page,
    suggestions,
)
from tests.support.large_profile import largest_profile

pytestmark = pytest.mark.anyio
BODY = {"kind": "other", "names": {"en": "A"}}
JOB = ImportJob(
    id="j1",
    format=ImportFormat.JSONL,
    file_name="f.jsonl",
    dry_run=False,
    status=ImportStatus.RUNNING,
    counts=ImportCounts(),
    rows_expected=None,
    started_at=MOMENT,
)


async def test_the_reader_and_the_conditions_go_on_and_the_version_comes_back(edge: Any) -> None:
    edge.profiles.answer(
        "POST", "/organisations", organisation("a"), 201, ETag='"3"', Location="/organisations/a"
    )
    member = await edge.client("member", "a")
    sent = {"Idempotency-Key": "k-1", "If-None-Match": "*", "Accept-Language": "zh"}

    answer = await member.post("/v1/organisations", json={**BODY, "id": "a"}, headers=sent)

    assert answer.status_code == 201
    assert answer.headers["etag"] == '"3"'
    assert answer.headers["location"] == "/v1/organisations/a"
    (asked,) = edge.profiles.asked
    assert asked.principal.role is Role.MEMBER
    assert asked.principal.organisation == "a"
    assert {name: asked.headers[name.lower()] for name in sent} == sent


async def test_the_callers_own_credential_stays_at_the_edge(edge: Any) -> None:
    edge.profiles.answer("GET", "/organisations/a", organisation("a"))
    member = await edge.client("member", "a")

    await member.get("/v1/organisations/a", headers={"Cookie": "x=1"})

    (asked,) = edge.profiles.asked
    assert asked.headers["authorization"] != member.headers["authorization"]
    assert "cookie" not in asked.headers


async def test_not_modified_comes_back(edge: Any) -> None:
    edge.profiles.answer("GET", "/organisations/a", b"", 304, ETag='"3"')

    answer = await (await edge.client("member", "a")).get("/v1/organisations/a")

    assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", '"3"')


async def test_a_stranger_sees_no_contacts_and_no_confidential_text(edge: Any) -> None:
    edge.profiles.answer("GET", "/organisations/a", organisation("a"))

    stranger = await (await edge.client("member", "b")).get("/v1/organisations/a")
    owner = await (await edge.client("member", "a")).get("/v1/organisations/a")
    coordinator = await (await edge.client("coordinator")).get("/v1/organisations/a")

    assert "SECRET" not in stranger.text
    assert "secret" not in stranger.text
    assert stranger.json()["capacity"] == 0
    assert SECRET_TEXT in owner.text
    assert SECRET_TEXT in coordinator.text


async def test_a_withdrawn_organisation_is_not_there_for_strangers(edge: Any) -> None:
    withdrawn = organisation("a", status=Status.WITHDRAWN)
    edge.profiles.answer("GET", "/organisations/a", withdrawn)

    assert (await (await edge.client("member", "b")).get("/v1/organisations/a")).status_code == 404
    assert (await (await edge.client("member", "a")).get("/v1/organisations/a")).status_code == 200


async def test_lists_hide_withdrawn_organisations_of_others(edge: Any) -> None:
    rows = tuple(
        OrganisationSummary(
            id=identifier,
            version=1,
            status=status,
            kind="other",
            names={"en": identifier},
            country="CN",
            province=None,
            city_name=None,
            fields=(),
            capabilities=0,
            needs=0,
            updated_at=MOMENT,
        )
        for identifier, status in [
            ("a", Status.WITHDRAWN),
            ("b", Status.WITHDRAWN),
            ("c", Status.ACTIVE),
        ]
    )
    edge.profiles.answer("GET", "/organisations", OrganisationPage(items=rows))

    page = (await (await edge.client("member", "a")).get("/v1/organisations")).json()

    assert [row["id"] for row in page["items"]] == ["a", "c"]


async def test_suggestions_quote_no_confidential_text_of_the_partner(edge: Any) -> None:
    edge.matcher.answer("GET", "/organisations/a/suggestions", suggestions("a", "b"))
    member = await edge.client("member", "a")

    page = (await member.get("/v1/organisations/a/suggestions?side=need&limit=3")).json()

    (item,) = page["items"]
    (met,) = item["receives"]["answers"]
    (unmet,) = item["gives"]["unmet"]
    assert met["need"]["text"] == SECRET_TEXT  # one's own
    assert (met["capability"]["text"], met["capability"]["id"]) == (None, None)
    assert (unmet["text"], unmet["id"]) == (None, None)
    assert edge.matcher.asked[0].query == {
        "side": "need",
        "limit": "3",
        "minimum_score": "0.0",
        "diversity": "true",
    }


async def test_suggestions_for_another_organisation_are_refused_before_and_after(
    edge: Any,
) -> None:
    edge.matcher.answer("GET", "/organisations/a/suggestions", suggestions("b", "c"))
    member = await edge.client("member", "a")

    assert (await member.get("/v1/organisations/b/suggestions")).status_code == 403
    assert edge.matcher.asked == []
    assert (await member.get("/v1/organisations/a/suggestions")).status_code == 403


async def test_a_search_finds_nothing_confidential_of_others(edge: Any) -> None:
    edge.matcher.answer("POST", "/search", search_page("a", "b"))
    member = await edge.client("member", "a")

    hits = (await member.post("/v1/search", json={"text": "waveguide"})).json()["items"]

    assert [hit["partner"]["id"] for hit in hits] == ["a", "a", "b"]
    assert [m["statement"]["confidential"] for m in hits[2]["matches"]] == [False]
    assert hits[2]["score"] == 0.4
    operator = await edge.client("operator")
    everything = (await operator.post("/v1/search", json={"text": "waveguide"})).json()["items"]
    assert len(everything) == 4


async def test_members_write_their_own_organisation_only(edge: Any) -> None:
    member = await edge.client("member", "a")
    attempts = [
        ("POST", "/v1/organisations", {**BODY, "id": "b"}),
        ("PUT", "/v1/organisations/b", BODY),
        ("PATCH", "/v1/organisations/b", {"capacity": 1}),
        ("DELETE", "/v1/organisations/b", None),
        ("POST", "/v1/organisations/b/restoration", None),
        ("POST", "/v1/organisations/b/erasure", None),
        ("GET", "/v1/organisations/b/versions", None),
        ("GET", "/v1/organisations/b/versions/1", None),
    ]

    answers = [await member.request(method, path, json=body) for method, path, body in attempts]

    assert [answer.json()["code"] for answer in answers] == ["own_organisation_only"] * 8
    assert edge.profiles.asked == []


async def test_an_import_streams_through(edge: Any) -> None:
    edge.profiles.answer("POST", "/imports", JOB, 202, Location="/imports/j1")
    batch = await edge.client("batch")

    async def pieces() -> Any:
        for _ in range(50):
            yield b"x" * 100_000

    answer = await batch.post(
        "/v1/imports?format=jsonl&dry_run=true&file_name=a.jsonl", content=pieces()
    )

    assert (answer.status_code, answer.json()["id"]) == (202, "j1")
    assert answer.headers["location"] == "/v1/imports/j1"
    (asked,) = edge.profiles.asked
    assert len(asked.body) == 5_000_000
    assert asked.query == {"format": "jsonl", "dry_run": "true", "file_name": "a.jsonl"}


async def test_an_export_streams_through(edge: Any) -> None:
    lines = b'{"id": "a"}\n' * 1000
    edge.profiles.answer(
        "GET", "/exports", lines, content_disposition='attachment; filename="o.jsonl"'
    )

    answer = await (await edge.client("coordinator")).get("/v1/exports?format=jsonl")

    assert answer.content == lines
    assert answer.headers["content-disposition"] == 'attachment; filename="o.jsonl"'
    assert edge.profiles.asked[0].principal.role is Role.COORDINATOR


async def test_a_failing_export_is_a_problem_from_the_start(edge: Any) -> None:
    answer = await (await edge.client("coordinator")).get("/v1/exports?format=ror")

    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"


async def test_readiness_tells_the_truth_about_each_part(edge: Any) -> None:
    anybody = await edge.client()
    good = await anybody.get("/ready")
    edge.matcher.ready = False
    bad = await anybody.get("/ready")

    assert good.status_code == 200
    parts = {part["name"]: (part["ready"], part["version"]) for part in good.json()["dependencies"]}
    assert parts["postgresql"][0]
    assert parts["identity keys"][0]
    assert parts["profiles"] == (True, "1")
    assert parts["matcher.nats"] == (True, "2.15")
    assert bad.status_code == 503
    assert [p["name"] for p in bad.json()["dependencies"] if not p["ready"]] == [
        "matcher",
        "matcher.nats",
    ]
    assert (await anybody.get("/health")).json()["status"] == "alive"


async def test_the_largest_profile_of_the_contract_passes_the_edge(edge: Any) -> None:
    edge.profiles.answer("PUT", "/organisations/a", organisation("a"))
    body = json.dumps(largest_profile(), ensure_ascii=False).encode()
    headers = {"If-Match": "*", "Content-Type": "application/json"}

    client = await edge.client("member", "a")
    answer = await client.put("/v1/organisations/a", content=body, headers=headers)

    assert answer.status_code == 200, answer.text
    assert json.loads(edge.profiles.asked[0].body) == json.loads(body)
    assert len(body) <= ProfilesSettings.model_fields["body_limit"].default


async def test_a_bus_and_a_key_set_that_are_away_are_named(make_edge: Any, tmp_path: Path) -> None:
    edge = make_edge(nats_url="nats://127.0.0.1:1", jwks_file=tmp_path / "none.json")

    answer = await (await edge.client()).get("/ready")

    assert answer.status_code == 503
    away = [one["name"] for one in answer.json()["dependencies"] if not one["ready"]]
    assert away == ["nats", "identity keys"]


async def test_a_service_that_takes_its_time_to_ask_its_parts_is_waited_for(edge: Any) -> None:
    edge.matcher.slow_seconds = PROBE_SECONDS

    answer = await (await edge.client()).get("/ready")

    assert answer.status_code == 200


async def test_a_missing_database_and_service_are_named(make_edge: Any) -> None:
    edge = make_edge(database_url="postgresql+asyncpg://nobody@127.0.0.1:1/none")

    answer = await (await edge.client()).get("/ready")

    assert answer.status_code == 503
    assert answer.json()["dependencies"][0]["name"] == "postgresql"
    assert not answer.json()["dependencies"][0]["ready"]


async def test_the_documentation_needs_nothing_from_elsewhere(edge: Any) -> None:
    anybody = await edge.client()

    page = await anybody.get("/docs")
    document: dict[str, Any] = (await anybody.get("/openapi.json")).json()

    assert "http" not in page.text.replace('lang="en"', "")
    for asset in ("swagger-ui.css", "swagger-ui-bundle.js", "start.js"):
        assert f"/docs/{asset}" in page.text
        answer: httpx.Response = await anybody.get(f"/docs/{asset}")
        assert (answer.status_code, answer.headers["x-content-type-options"]) == (200, "nosniff")
    schema = document["paths"]["/v1/organisations/{organisation_id}/suggestions"]["get"]
    shown = schema["responses"]["200"]["content"]["application/json"]["schema"]
    assert shown["$ref"].endswith("/SuggestionPage")
    assert schema["security"]


async def test_the_taxonomy_has_both_languages(edge: Any) -> None:
    fields = (await (await edge.client("member", "a")).get("/v1/taxonomy")).json()["fields"]

    assert {field["zh"] and field["en"] and True for field in fields} == {True}
