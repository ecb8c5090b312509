"""FAULTS 23: profiles and matcher believe nobody but the other services, on any route."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx2 as httpx
import jwt
import pytest

from shared.contracts.principal import Principal, Role
from shared.internal_tokens import InternalTokens
from tests.support.stack import Stack

pytestmark = [pytest.mark.model]
_OPERATOR = Principal(subject="intruder", role=Role.OPERATOR)
_OPEN = {"/health", "/ready"}
_VALUES = {
    "organisation_id": "mx-nobody",
    "other_id": "mx-other",
    "kind": "never_again",
    "version": "1",
    "job_id": "0" * 32,
    "letter_id": "1",
    "run_id": "1",
    "flag_id": "pf-0123456789abcdef",
    "call_id": "0" * 32,
    "match_id": "0" * 32,
    "seat_id": "1",
    "rematch_job_id": "0" * 32,
    "schedule_id": "0" * 32,
}


def _forged(stack: Stack, audience: str, **changes: Any) -> str:
    """A token with the right secret and one thing wrong."""
    now = int(time.time())
    claims = {"iss": "gateway", "aud": audience, "sub": "x", "role": "operator"}
    claims |= {"iat": now, "exp": now + 60, **changes.pop("claims", {})}
    headers = {"typ": changes.pop("typ", "hezuo-internal+jwt")}
    return jwt.encode(claims, stack.internal_secret, "HS256", headers=headers)


def _unsigned(audience: str) -> str:
    claims = {"aud": audience, "iss": "gateway", "sub": "x", "role": "operator", "exp": 2**33}
    return jwt.encode(claims, None, "none", headers={"typ": "hezuo-internal+jwt"})


# Each makes a token for a service, called by its name, that must be refused.
TOKENS: dict[str, Callable[[Stack, str], str | None]] = {
    "none": lambda _, __: None,
    "a user's": lambda stack, _: stack.token("operator"),
    "for another service": lambda stack, name: InternalTokens(
        stack.internal_secret, "gateway"
    ).issue(_OPERATOR, "matcher" if name == "profiles" else "profiles"),
    "for the gateway": lambda stack, _: InternalTokens(stack.internal_secret, "x").issue(
        _OPERATOR, "gateway"
    ),
    "with another secret": lambda _, name: InternalTokens("y" * 48, "gateway").issue(
        _OPERATOR, name
    ),
    "unsigned": lambda _, name: _unsigned(name),
    "expired": lambda stack, name: _forged(stack, name, claims={"exp": int(time.time()) - 90}),
    "of another type": lambda stack, name: _forged(stack, name, typ="at+jwt"),
    "of an unknown role": lambda stack, name: _forged(stack, name, claims={"role": "root"}),
}


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with httpx.Client(timeout=30) as client:
        yield client


def _routes(client: httpx.Client, address: str) -> Iterator[tuple[str, str]]:
    for path, methods in client.get(f"{address}/openapi.json").json()["paths"].items():
        if path not in _OPEN:
            yield from ((method.upper(), path) for method in methods)


def _status(client: httpx.Client, address: str, route: tuple[str, str], token: str | None) -> int:
    method, path = route
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    if method == "PATCH":
        headers["Content-Type"] = "application/merge-patch+json"
    return client.request(
        method, address + path.format_map(_VALUES), headers=headers, content=b"{}"
    ).status_code


@pytest.mark.parametrize("service", ["profiles", "matcher"])
@pytest.mark.parametrize("kind", TOKENS)
def test_every_route_refuses_a_token(
    stack: Stack, client: httpx.Client, service: str, kind: str
) -> None:
    address = f"http://127.0.0.1:{stack.services[service].port}"
    token = TOKENS[kind](stack, service)
    statuses = {route: _status(client, address, route, token) for route in _routes(client, address)}
    assert len(statuses) > 6
    assert {route: s for route, s in statuses.items() if s != 401} == {}


@pytest.mark.parametrize(
    ("service", "method", "path"),
    [
        ("profiles", "POST", "/organisations/batch-read"),
        ("profiles", "GET", "/organisations-manifest"),
        ("profiles", "GET", "/imports"),
        ("matcher", "GET", "/index"),
        ("matcher", "POST", "/index/rebuild"),
        ("matcher", "POST", "/index/reconciliation"),
        ("matcher", "GET", "/dead-letters"),
        ("matcher", "GET", "/audit"),
        ("matcher", "GET", "/audit/verification"),
        ("matcher", "POST", "/dead-letters/replay"),
    ],
)
def test_a_members_principal_is_refused_what_members_may_not(
    stack: Stack, client: httpx.Client, service: str, method: str, path: str
) -> None:
    member = Principal(subject="m", role=Role.MEMBER, organisation="mx-nobody")
    token = InternalTokens(stack.internal_secret, "gateway").issue(member, service)
    answer = client.request(
        method,
        f"http://127.0.0.1:{stack.services[service].port}{path}",
        headers={"Authorization": f"Bearer {token}"},
        json={"ids": ["mx-nobody"]} if method == "POST" else None,
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


def test_an_internal_token_opens_nothing_at_the_gateway(stack: Stack) -> None:
    tokens = InternalTokens(stack.internal_secret, "gateway")
    for audience in ("gateway", "hezuo"):
        headers = {"Authorization": f"Bearer {tokens.issue(_OPERATOR, audience)}"}
        assert httpx.get(f"{stack.url}/v1/me", headers=headers).status_code == 401
