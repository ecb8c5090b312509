"""FAULTS 23: no answer tells a reader what is private to others, in any part of it.

Every private field of the platform holds a word of its own. For each reader the words found in
all answers together must be exactly those that they may read: none more, and none fewer, so
that the search itself is known to work. The services are asked directly too, past the gateway.
"""

import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx2 as httpx
import pytest

from shared.contracts.principal import Principal, Role
from shared.internal_tokens import InternalTokens
from tests.support.canaries import (
    CAPACITIES,
    SECRET_FIELDS,
    Canaries,
    private_profile,
    store_canaries,
)
from tests.support.probes import calls_of, flags_of, imports_of, matches_of, probes, told
from tests.support.profiles import profile
from tests.support.readers import OTHER, OWNED, READERS, SIGNED_IN, Readers
from tests.support.stack import Stack

pytestmark = [pytest.mark.model]
Ask = Callable[..., httpx.Response]
_MATCHER_PATHS = (
    *("/search", "/consortia", "/index", "/dead-letters", "/match", "/audit"),
    *("/calls", "/call-", "/rematch-", "/insights", "/decisions"),
)
_MATCHER_PARTS = ("/suggestions", "/pair-constraints")


@pytest.fixture(scope="module")
def readers(stack: Stack) -> Iterator[Readers]:
    everybody = Readers(stack)
    yield everybody
    everybody.close()


@pytest.fixture(scope="module")
def canaries(readers: Readers) -> Canaries:
    return store_canaries(readers)


@pytest.fixture(scope="module")
def direct(stack: Stack) -> Iterator[Callable[[str], Ask]]:
    """Asks profiles and matcher themselves, with an internal token for a reader."""
    tokens = InternalTokens(stack.internal_secret, "gateway")
    with httpx.Client(timeout=60) as client:

        def asking(reader: str) -> Ask:
            organisation = {"owner": OWNED, "other": OTHER}.get(reader)
            role = Role.MEMBER if organisation else Role(reader)
            principal = Principal(subject=reader, role=role, organisation=organisation)

            def ask(method: str, path: str, **more: Any) -> httpx.Response:
                matching = path.startswith(_MATCHER_PATHS) or any(
                    part in path for part in _MATCHER_PARTS
                )
                service = "matcher" if matching else "profiles"
                headers = {"Authorization": f"Bearer {tokens.issue(principal, service)}"}
                headers |= more.pop("headers", {})
                address = f"http://127.0.0.1:{stack.services[service].port}{path}"
                return client.request(method, address, headers=headers, **more)

            return ask

        yield asking


def found_by(ask: Ask, canaries: Canaries) -> dict[str, str]:
    """Each secret that some answer tells, with the request that got it."""
    found: dict[str, str] = {}

    def look(method: str, path: str, more: dict[str, Any]) -> httpx.Response:
        answer = ask(method, path, **more)
        assert answer.status_code < 500, f"{method} {path}: {answer.text}"
        for place in canaries.seen_in(told(answer)):
            found.setdefault(place, f"{method} {path} {more}")
        return answer

    for probe in probes(canaries):
        look(*probe)
    for probe in imports_of(look("GET", "/imports", {})):
        look(*probe)
    for path, of_each in (
        ("/matches", matches_of),
        ("/policy-flags", flags_of),
        ("/calls", calls_of),
    ):
        for probe in of_each(look("GET", path, {})):
            look(*probe)
    return found


def differences(found: dict[str, str], allowed: set[str]) -> tuple[dict[str, str], set[str]]:
    """What was told and should not, with the request; what should be told and was not."""
    return {p: r for p, r in found.items() if p not in allowed}, allowed - found.keys()


@pytest.mark.parametrize("reader", READERS)
def test_through_the_gateway(readers: Readers, canaries: Canaries, reader: str) -> None:
    def ask(method: str, path: str, **more: Any) -> httpx.Response:
        return readers.ask(reader, method, f"/v1{path}", **more)

    found = found_by(ask, canaries)
    assert differences(found, canaries.readable_by(reader)) == ({}, set())


@pytest.mark.parametrize("reader", SIGNED_IN)
def test_past_the_gateway(direct: Callable[[str], Ask], canaries: Canaries, reader: str) -> None:
    found = found_by(direct(reader), canaries)
    of_the_edge = {place for place in canaries.readable_by(reader) if " key " in place}
    assert differences(found, canaries.readable_by(reader) - of_the_edge) == ({}, set())


def test_public_pages_tell_nothing(readers: Readers, canaries: Canaries) -> None:
    for path in ("/health", "/ready", "/docs", "/openapi.json"):
        assert canaries.seen_in(told(readers.ask("anonymous", "GET", path))) == set()


def test_lists_are_no_oracle(readers: Readers, canaries: Canaries) -> None:
    """Neither whether a row is found nor what it counts depends on what is private."""

    def listed(reader: str, **params: str) -> list[dict[str, Any]]:
        answer = readers.ask(reader, "GET", "/v1/organisations", params=params)
        return list(answer.json()["items"])

    private = [s for s in canaries.secrets if s.place.startswith(OTHER)]
    assert {s.place for s in private if listed("owner", text=s.word)} == set()
    assert OTHER not in {row["id"] for row in listed("owner", field=SECRET_FIELDS[OTHER])}
    for reader, offered, needed in (("owner", 1, 1), ("other", 3, 2), ("coordinator", 3, 2)):
        (row,) = listed(reader, text=f"canary {OTHER}")
        assert (row["capabilities"], row["needs"]) == (offered, needed)


@pytest.mark.usefixtures("canaries")
def test_capacity_is_not_told_to_strangers(readers: Readers) -> None:
    path = f"/v1/organisations/{OTHER}"
    assert readers.ask("owner", "GET", path).json()["capacity"] == 0
    assert readers.ask("coordinator", "GET", path).json()["capacity"] == CAPACITIES[OTHER]


@pytest.mark.parametrize("side", ["need", "capability"])
def test_search_is_no_oracle(readers: Readers, canaries: Canaries, side: str) -> None:
    """The words of others' confidential statements raise nobody's score."""
    words = [s.word for s in canaries.secrets if s.place.startswith(f"{OTHER} ")]
    for text in (" ".join(words), *words[:4]):
        body = {"text": text, "side": side, "limit": 100}
        page = readers.ask("owner", "POST", "/v1/search", json=body).json()
        matches = [match for hit in page["items"] for match in hit["matches"]]
        assert not any(match["statement"]["confidential"] for match in matches)
        assert not any(match["lexical"] for match in matches)


@pytest.mark.usefixtures("canaries")
def test_why_not_is_no_oracle(readers: Readers) -> None:
    """Another's confidential field gives the same answer as a field that it does not have."""
    path = f"/v1/organisations/{OWNED}/suggestions/why-not/{OTHER}"

    def told_of(field: str) -> str:
        answer = readers.ask("owner", "GET", path, params={"field": field}).json()
        return str([(one["code"], one["en"].replace(field, "")) for one in answer["reasons"]])

    assert told_of(SECRET_FIELDS[OTHER]) == told_of("tactile-internet")


@pytest.mark.usefixtures("canaries")
@pytest.mark.parametrize("side", ["mutual", "need", "capability"])
def test_filtered_suggestions_are_no_oracle(readers: Readers, side: str) -> None:
    """Nor do the fields of others' confidential statements find their organisation."""
    params = {"field": SECRET_FIELDS[OTHER], "side": side, "limit": "100"}
    page = readers.ask("owner", "GET", f"/v1/organisations/{OWNED}/suggestions", params=params)
    assert OTHER not in {item["partner"]["id"] for item in page.json()["items"]}


@pytest.mark.usefixtures("canaries")
def test_a_filtered_search_is_no_oracle(readers: Readers) -> None:
    body = {
        "text": "porcelain glazes",
        "filter": {"field": SECRET_FIELDS[OTHER]},
        "limit": 100,
    }
    page = readers.ask("owner", "POST", "/v1/search", json=body).json()
    assert OTHER not in {hit["partner"]["id"] for hit in page["items"]}


@pytest.mark.usefixtures("canaries")
def test_suggestions_explain_without_what_is_private(stack: Stack, readers: Readers) -> None:
    partner = "mx-discreet"
    body = private_profile(Canaries(), OTHER, "other") | {"names": {"en": "Discreet potters"}}
    headers = {"If-None-Match": "*"}
    readers.operator("PUT", f"/v1/organisations/{partner}", json=body, headers=headers)
    stack.wait_searchable()
    path = f"/v1/organisations/{OWNED}/suggestions"
    page = readers.ask("owner", "GET", path, params={"limit": 100}).json()
    found = next(item for item in page["items"] if item["partner"]["id"] == partner)
    for direction in (found["receives"], found["gives"]):
        quotes = [q for a in direction["answers"] for q in (a["need"], a["capability"])]
        assert any(quote["confidential"] for quote in quotes)
        for quote in (*quotes, *direction["unmet"]):
            hidden = quote["confidential"] and quote["organisation"] == partner
            assert (quote["text"] is None) == (quote["id"] is None) == hidden


@pytest.mark.usefixtures("canaries")
def test_an_introduction_opens_contacts_to_both_sides_and_nobody_else(readers: Readers) -> None:
    one, other = "mx-met-1", "mx-met-2"
    for id in (one, other):
        contacts = [{"name": f"Contact of {id}", "email": f"{id}@example.org"}]
        body = profile(f"Met {id}", contacts=contacts)
        headers = {"If-None-Match": "*"}
        readers.operator("PUT", f"/v1/organisations/{id}", json=body, headers=headers)
    asked = {"organisation": one, "other": other}
    made = readers.ask("owner", "POST", "/v1/matches", owned=one, json=asked).json()
    path = f"/v1/matches/{made['id']}"

    def contacts_for(reader: str, owned: str) -> tuple[int, set[str]]:
        answer = readers.ask(reader, "GET", f"{path}/contacts", owned=owned)
        sides = answer.json().get("sides", ())
        return answer.status_code, {c["email"] for side in sides for c in side["contacts"]}

    for decision in ("approve", "ask"):
        body = {"decision": decision}
        headers = {"If-Match": "*"}
        readers.operator("POST", f"{path}/decision", json=body, headers=headers)
    assert contacts_for("owner", one) == (409, set())
    yes = {"answer": "interested"}
    found = readers.ask("owner", "POST", f"{path}/response", owned=other, json=yes).json()
    assert (found["state"], found["contacts_open"]) == ("introduced", True)
    both = {f"{one}@example.org", f"{other}@example.org"}
    assert contacts_for("owner", one) == contacts_for("owner", other) == (200, both)
    assert contacts_for("coordinator", one) == (200, both)
    assert contacts_for("other", one) == (404, set())
    assert contacts_for("batch", one) == (403, set())
    assert _published(readers.stack), "what happened to matches has reached the bus"


def _published(stack: Stack) -> bool:
    address = f"http://127.0.0.1:{stack.services['matcher'].port}/ready"
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline:
        parts = httpx.get(address).json()["dependencies"]
        if {one["name"]: one["version"] for one in parts}["outbox"] == "0 events wait":
            return True
        time.sleep(0.2)
    return False
