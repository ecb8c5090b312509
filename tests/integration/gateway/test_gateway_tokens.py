"""FAULTS 24: whatever is wrong with a token, the answer is 401."""

import time
from typing import Any

import pytest

from shared.local_keys import issue_token
from tests.support.token_attacks import ATTACKS, signed

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("attack", ATTACKS)
async def test_is_refused(attack: str, edge: Any) -> None:
    client = await edge.client_with({"Authorization": f"Bearer {ATTACKS[attack](edge.keys)}"})

    answer = await client.get("/v1/me")

    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert edge.profiles.asked == []


async def test_a_good_token_is_believed(edge: Any) -> None:
    member = await edge.client("member", "nuist")

    answer = await member.get("/v1/me")

    assert answer.json() == {"subject": "member:nuist", "role": "member", "organisation": "nuist"}


async def test_expiry_is_said(edge: Any) -> None:
    token = signed(edge.keys, exp=int(time.time()) - 60)
    client = await edge.client_with({"Authorization": f"Bearer {token}"})

    assert (await client.get("/v1/me")).json()["code"] == "token_expired"


async def test_two_credentials_are_ambiguous(edge: Any) -> None:
    token = issue_token(edge.keys, role="operator")
    client = await edge.client_with({"Authorization": f"Bearer {token}", "X-API-Key": "x"})

    assert (await client.get("/v1/me")).status_code == 401


async def test_roles_and_organisation_are_found_where_the_provider_puts_them(
    make_edge: Any,
) -> None:
    edge = make_edge(role_claim="realm_access.roles", organisation_claim="org.id")
    token = signed(
        edge.keys, role=None, realm_access={"roles": ["x", "member"]}, org={"id": "nuist"}
    )
    client = await edge.client_with({"Authorization": f"Bearer {token}"})

    assert (await client.get("/v1/me")).json()["organisation"] == "nuist"
