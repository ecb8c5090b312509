"""FAULTS 23: every route of the gateway's OpenAPI document, asked by everybody."""

import json
import time
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import httpx2 as httpx
import pytest

from tests.support.access_calls import call_contents, call_values
from tests.support.access_matches import match_contents, match_values
from tests.support.access_matrix import ACCESS, ERASED, WITHDRAWN
from tests.support.message_cells import message_contents, message_values
from tests.support.profiles import profile
from tests.support.readers import READERS, SIGNED_IN, Readers
from tests.support.screening_cells import flag_contents, flag_values
from tests.support.stack import Stack
from tests.support.token_attacks import ATTACKS

pytestmark = [pytest.mark.model]
_MERGE_PATCH = {"Content-Type": "application/merge-patch+json"}


class Cells:
    """Asks one route for one reader, about an organisation made for this cell alone."""

    def __init__(self, readers: Readers) -> None:
        self._readers = readers
        self._import = self._ended_import()
        self._made = 0

    def status(self, route: str, reader: str) -> int:
        method, path = route.split()
        self._made += 1
        scratch = f"mx-{reader}-{self._made}"
        if "{organisation_id}" in path:
            self._make(scratch, withdrawn=path.endswith("/restoration"))
        if path.endswith("/consortia"):
            self._make(scratch, withdrawn=False, kind="enterprise")
        if "{other_id}" in path:
            self._make(f"{scratch}-other", withdrawn=False)
        if route.startswith("DELETE") and "/pair-constraints/" in path:
            self._keep_apart(scratch)
        address = path.format(
            organisation_id=scratch,
            other_id=f"{scratch}-other",
            run_id=2**40,
            rematch_job_id="0" * 32,
            schedule_id="0" * 32,
            kind="never_again",
            version=1,
            import_id=self._import,
            dead_letter_id=2**40,
            person_id=UUID(int=7),
            key_id=self._key(scratch) if "{key_id}" in path else "",
            **call_values(self._readers, route, scratch),
            **match_values(self._readers, route, scratch),
            **message_values(self._readers, route, scratch),
            **flag_values(self._readers, route, scratch),
        )
        if route == "GET /v1/events":
            return self._readers.opened(reader, address, owned=scratch)
        content = _content(route, scratch)
        return self._readers.ask(reader, method, address, owned=scratch, **content).status_code

    def _make(self, scratch: str, *, withdrawn: bool, kind: str = "institution") -> None:
        path, body = f"/v1/organisations/{scratch}", profile(f"Matrix {scratch}", kind=kind)
        self._readers.operator("PUT", path, json=body, headers={"If-None-Match": "*"})
        if withdrawn:
            self._readers.operator("DELETE", path, headers={"If-Match": '"1"'})

    def _keep_apart(self, scratch: str) -> None:
        pair = f"{scratch}/pair-constraints/{scratch}-other"
        self._readers.operator("PUT", f"/v1/organisations/{pair}/never_again", json={})

    def _key(self, scratch: str) -> str:
        body = {"label": "matrix", "organisation": scratch}
        return str(self._readers.operator("POST", "/v1/api-keys", json=body).json()["id"])

    def _ended_import(self) -> str:
        ask, path = self._readers.operator, "/v1/imports"
        job = ask("POST", path, params={"format": "jsonl"}, content=b"{}\n").json()
        while job["status"] not in {"done", "failed"}:
            time.sleep(0.05)
            job = ask("GET", f"{path}/{job['id']}").json()
        return str(job["id"])


def _content(route: str, scratch: str) -> dict[str, Any]:
    """What a well-meant request of the route sends."""
    body = profile(f"Matrix {scratch}")
    changed = {**body, "capacity": 3}
    contents: dict[str, dict[str, Any]] = {
        "POST /v1/organisations": {"json": {"id": scratch, **body}},
        "PUT /v1/organisations/{organisation_id}": {
            "json": changed,
            "headers": {"If-Match": '"1"'},
        },
        "PATCH /v1/organisations/{organisation_id}": {
            "content": json.dumps({"capacity": 2}),
            "headers": {"If-Match": '"1"', **_MERGE_PATCH},
        },
        "DELETE /v1/organisations/{organisation_id}": {"headers": {"If-Match": '"1"'}},
        "PUT /v1/organisations/{organisation_id}/pair-constraints/{other_id}/{kind}": {"json": {}},
        "PATCH /v1/people/{person_id}": {"json": {}, "headers": {"If-Match": '"1"'}},
        "POST /v1/login-links": {"json": {"email": f"{scratch}@example.org"}},
        "POST /v1/search": {"json": {"text": "porcelain glazes"}},
        "POST /v1/organisations/{organisation_id}/suggestions/{other_id}/decision": {
            "json": {"verdict": "approved"}
        },
        "POST /v1/organisations/{organisation_id}/suggestions/{other_id}/response": {
            "json": {"verdict": "interested"}
        },
        "POST /v1/organisations/{organisation_id}/suggestions/{other_id}/outcome": {
            "json": {"verdict": "introduced"}
        },
        "POST /v1/profile-drafts": {"json": {"text": "We offer porcelain glazes"}},
        "POST /v1/profile-drafts/file": {"content": b"We offer porcelain glazes"},
        "POST /v1/clarity": {"json": {"text": "porcelain glazes"}},
        "POST /v1/consortia": {
            "json": {
                "title": "Matrix",
                "organisation": scratch,
                "requirements": [{"id": "r1", "text": "porcelain glazes"}],
            }
        },
        **call_contents(scratch),
        **match_contents(scratch),
        **message_contents(),
        **flag_contents(),
        "POST /v1/rematch-jobs": {"json": {"scope": {"field": "no-such-field"}}},
        "POST /v1/rematch-schedules": {
            "json": {"name": scratch, "cron": "0 3 * * *", "enabled": False}
        },
        "PUT /v1/rematch-schedules/{schedule_id}": {
            "json": {"name": scratch, "cron": "0 3 * * *"},
            "headers": {"If-Match": '"1"'},
        },
        "DELETE /v1/rematch-schedules/{schedule_id}": {"headers": {"If-Match": '"1"'}},
        "POST /v1/imports": {"params": {"format": "jsonl", "dry_run": True}, "content": b"{}\n"},
        "POST /v1/api-keys": {"json": {"label": "matrix", "organisation": scratch}},
    }
    return contents.get(route, {})


@pytest.fixture(scope="module")
def readers(stack: Stack) -> Iterator[Readers]:
    everybody = Readers(stack)
    yield everybody
    everybody.close()


@pytest.fixture(scope="module")
def cells(readers: Readers) -> Cells:
    return Cells(readers)


def test_every_route_has_a_row(stack: Stack) -> None:
    paths = httpx.get(f"{stack.url}/openapi.json").json()["paths"]
    assert {f"{m.upper()} {path}" for path, methods in paths.items() for m in methods} == set(
        ACCESS
    )


@pytest.mark.parametrize("reader", READERS)
def test_each_reader_gets_what_the_table_says(cells: Cells, reader: str) -> None:
    expected = {route: statuses[reader] for route, statuses in ACCESS.items()}
    assert {route: cells.status(route, reader) for route in ACCESS} == expected


def test_a_rebuild_that_was_asked_for_ends(readers: Readers) -> None:
    deadline = time.monotonic() + 60
    while (found := _rebuild(readers))["phase"] != "done":
        assert found["phase"] != "failed", found
        assert time.monotonic() < deadline, found
        time.sleep(0.1)


def _rebuild(readers: Readers) -> dict[str, Any]:
    found: dict[str, Any] = readers.operator("GET", "/v1/index").json()["rebuild"]
    return found


@pytest.fixture(scope="module")
def departed(readers: Readers) -> None:
    """One organisation that is withdrawn, one that is erased."""
    operator = readers.operator
    for one in ("mx-gone", "mx-erased"):
        body = profile(f"Departed {one}", capabilities={"c1": "Departed porcelain work"})
        path = f"/v1/organisations/{one}"
        operator("PUT", path, json=body, headers={"If-None-Match": "*"})
    operator("DELETE", "/v1/organisations/mx-gone", headers={"If-Match": "*"})
    operator("POST", "/v1/organisations/mx-erased/erasure")


@pytest.mark.usefixtures("departed")
@pytest.mark.parametrize("reader", SIGNED_IN)
def test_departed_organisations_are_told_to_their_own_and_to_staff_only(
    readers: Readers, reader: str
) -> None:
    for departed, expected in (("mx-gone", WITHDRAWN), ("mx-erased", ERASED)):
        answer = readers.ask(reader, "GET", f"/v1/organisations/{departed}", owned=departed)
        assert answer.status_code == expected[reader], departed


@pytest.mark.usefixtures("departed")
@pytest.mark.parametrize("departed", ["mx-gone", "mx-erased"])
@pytest.mark.parametrize(
    ("method", "path", "more"),
    [
        ("GET", "/v1/organisations/{}", {}),
        ("GET", "/v1/organisations/{}", {"headers": {"If-None-Match": '"2"'}}),
        ("GET", "/v1/organisations/{}", {"headers": {"Accept-Language": "zh"}}),
        ("GET", "/v1/organisations/{}/versions", {}),
        ("GET", "/v1/organisations/{}/versions/1", {}),
        ("GET", "/v1/organisations/{}/suggestions", {}),
        ("GET", "/v1/organisations/{}/clarity", {}),
        ("PUT", "/v1/organisations/{}", {"json": profile("X"), "headers": {"If-Match": '"9"'}}),
        ("PUT", "/v1/organisations/{}", {"json": profile("X"), "headers": {"If-None-Match": "*"}}),
        ("PATCH", "/v1/organisations/{}", {"content": b"{}", "headers": _MERGE_PATCH}),
        ("DELETE", "/v1/organisations/{}", {"headers": {"If-Match": '"9"'}}),
        ("POST", "/v1/organisations/{}/restoration", {}),
        ("POST", "/v1/organisations/{}/erasure", {}),
    ],
)
def test_a_stranger_cannot_tell_a_departed_organisation_from_none(
    readers: Readers, departed: str, method: str, path: str, more: dict[str, Any]
) -> None:
    def told(name: str) -> tuple[int, str, dict[str, str]]:
        answer = readers.ask("other", method, path.format(name), **more)
        changing = {"date", "x-request-id", "ratelimit-remaining", "ratelimit-reset"}
        changing.add("content-length")  # the id is in the text
        headers = {k: v for k, v in answer.headers.items() if k not in changing}
        text = answer.text.replace(name, "ID").replace(answer.headers["x-request-id"], "REQUEST")
        return answer.status_code, text, headers

    assert told(departed) == told("mx-never")


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_token_with_anything_wrong_is_401(stack: Stack, readers: Readers, attack: str) -> None:
    """FAULTS 24."""
    token = ATTACKS[attack](stack.directory / "keys")
    headers = {"Authorization": f"Bearer {token}"}
    answer = readers.ask("anonymous", "GET", "/v1/me", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
