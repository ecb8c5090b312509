"""Logging in at an OpenID Connect provider: what is checked before anybody is let in."""

import time
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2 as httpx
import jwt
import pytest

from services.gateway.accounts.composition import Accounts
from services.gateway.identity.claims import ClaimNames
from services.gateway.identity.key_set import KeySet, from_file
from services.gateway.identity.oidc import Client, OidcLogin
from shared.contracts.principal import Principal, Role
from shared.local_keys import _load, ensure_key_pair
from tests.integration.console.conftest import Browser, Edge, MakeEdge
from tests.support.careless_services import organisation

pytestmark = pytest.mark.anyio
ISSUER = "https://idp.example"
_LI = {"sub": "idp-8", "email": "li@idp.example"}


class Provider:
    """Says what a provider says; `changes` bends the ID token's claims."""

    def __init__(self, edge: Edge) -> None:
        self.pair = ensure_key_pair(edge.keys)
        self.nonce = ""
        self.changes: dict[str, Any] = {}
        self.asked: dict[str, list[str]] = {}

    def answer(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("openid-configuration"):
            found = {
                "issuer": ISSUER,
                "authorization_endpoint": f"{ISSUER}/authorize",
                "token_endpoint": f"{ISSUER}/token",
            }
            return httpx.Response(200, json=found)
        self.asked = parse_qs(request.content.decode())
        return httpx.Response(200, json={"access_token": "at", "id_token": self._token()})

    def _token(self) -> str:
        now = int(time.time())
        claims = {
            "iss": ISSUER,
            "aud": "hezuo-console",
            "sub": "idp-7",
            "iat": now,
            "exp": now + 60,
            "nonce": self.nonce,
            "role": "coordinator",
            "email": "Chen@idp.example",
            "name": "陈",
            **self.changes,
        }
        known = {name: value for name, value in claims.items() if value is not None}
        key = _load(self.pair.private_key_file)
        return jwt.encode(known, key, "EdDSA", headers={"kid": self.pair.key_id})


@pytest.fixture
def edge(make_edge: MakeEdge) -> Edge:
    return make_edge(issuer=ISSUER, oidc_client_id="hezuo-console", oidc_name="Campus")


@pytest.fixture
def provider(edge: Edge) -> Provider:
    made = Provider(edge)
    gateway = edge.app.state.gateway
    http = httpx.AsyncClient(transport=httpx.MockTransport(made.answer))
    keys = KeySet(from_file(made.pair.jwks_file))
    client = Client("hezuo-console", "secret", "openid")
    oidc = OidcLogin(ISSUER, client, keys, ClaimNames(), http)
    edge.app.state.gateway = replace(gateway, oidc=oidc)
    return made


async def go_there(edge: Edge, provider: Provider) -> tuple[Browser, dict[str, str]]:
    browser = Browser(await edge.client_with({"Accept": "text/html"}))
    there = await browser.get("/console/login/provider?next=/console/people")
    query = {k: v[0] for k, v in parse_qs(urlsplit(there.headers["location"]).query).items()}
    provider.nonce = query["nonce"]
    return browser, query


async def logged_in(edge: Edge, provider: Provider) -> Browser:
    browser, query = await go_there(edge, provider)
    params = {"code": "c", "state": query["state"]}
    assert (await browser.get("/console/login/callback", params=params)).status_code == 303
    return browser


def accounts(edge: Edge) -> Accounts:
    found: Accounts = edge.app.state.gateway.accounts
    return found


async def test_a_first_login_makes_the_account_with_the_claims_rights(
    edge: Edge, provider: Provider
) -> None:
    browser, query = await go_there(edge, provider)
    assert query["code_challenge_method"] == "S256"
    params = {"code": "c", "state": query["state"]}
    back = await browser.get("/console/login/callback", params=params)
    assert back.headers["location"] == "/console/people"
    assert provider.asked["code_verifier"]
    account = (await browser.get("/console/account")).text
    assert "chen@idp.example" in account
    assert "Coordinator" in account


async def test_a_member_without_organisation_claim_comes_in_and_keeps_what_was_given_here(
    edge: Edge, provider: Provider
) -> None:
    provider.changes = {**_LI, "role": None}
    browser = await logged_in(edge, provider)
    assert "Which organisation do you speak for?" in (await browser.get("/console/start")).text
    (person,) = (await accounts(edge).people.named(["idp-8"])).values()
    assert (person.role, person.organisation) == (Role.MEMBER, None)
    edge.profiles.answer("GET", "/organisations/org-a", organisation("org-a"))
    await accounts(edge).people.ask_to_join(person, "org-a")
    coordinator = Principal(subject="ana", role=Role.COORDINATOR)
    await accounts(edge).people.answer_wish(person.id, "org-a", coordinator, admit=True)
    for claim, expected in ((None, "org-a"), ("org-b", "org-b"), (None, "org-b")):
        provider.changes = {**_LI, "role": "member", "organisation": claim}
        await logged_in(edge, provider)
        (person,) = (await accounts(edge).people.named(["idp-8"])).values()
        assert person.organisation == expected
    provider.changes = {**_LI, "role": "coordinator"}
    await logged_in(edge, provider)
    provider.changes = {**_LI, "role": None}
    await logged_in(edge, provider)
    (person,) = (await accounts(edge).people.named(["idp-8"])).values()
    assert (person.role, person.organisation) == (Role.COORDINATOR, None)


@pytest.mark.parametrize(
    "changes",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "another"},
        {"iss": "https://evil.example"},
        {"exp": 1},
        {"role": "king"},
        {"azp": "another"},
    ],
)
async def test_what_does_not_fit_lets_nobody_in(
    edge: Edge, provider: Provider, changes: dict[str, Any]
) -> None:
    browser, query = await go_there(edge, provider)
    provider.changes = changes
    params = {"code": "c", "state": query["state"]}
    assert (await browser.get("/console/login/callback", params=params)).status_code == 400
    assert (await browser.get("/console/account")).status_code == 302


@pytest.mark.parametrize(
    "answer",
    [
        {"code": "c", "state": "another"},
        {"code": "c"},
        {"error": "access_denied"},
        {"code": "c", "iss": "https://evil.example"},
    ],
)
async def test_answers_to_another_login_are_refused(
    edge: Edge, provider: Provider, answer: dict[str, str]
) -> None:
    browser, query = await go_there(edge, provider)
    state = {} if "state" in answer or answer == {"code": "c"} else {"state": query["state"]}
    params = {**state, **answer}
    assert (await browser.get("/console/login/callback", params=params)).status_code == 400
    assert provider.asked == {}


async def test_a_callback_without_a_login_under_way_is_refused(
    edge: Edge, provider: Provider
) -> None:
    browser = Browser(await edge.client_with({"Accept": "text/html"}))
    params = {"code": "c", "state": "s"}
    assert (await browser.get("/console/login/callback", params=params)).status_code == 400


async def test_there_are_no_one_time_links_beside_a_provider(edge: Edge) -> None:
    browser = Browser(await edge.client_with({"Accept": "text/html"}))
    assert "Campus" in (await browser.get("/console/login")).text
    assert (await browser.post("/console/login", email="a@b.example")).status_code == 404
