import time

import jwt
import pytest

from shared.contracts.principal import Principal, Role
from shared.errors import ProblemError
from shared.internal_tokens import InternalTokens

SECRET = "s" * 32
MEMBER = Principal(subject="ada", role=Role.MEMBER, organisation="org-a")


def test_a_principal_survives_the_journey() -> None:
    token = InternalTokens(SECRET, "gateway").issue(MEMBER, "profiles")
    assert InternalTokens(SECRET, "profiles").verify(token) == MEMBER


def test_a_token_for_one_service_is_refused_by_another() -> None:
    token = InternalTokens(SECRET, "gateway").issue(MEMBER, "profiles")
    with pytest.raises(ProblemError):
        InternalTokens(SECRET, "matcher").verify(token)


def test_another_secret_is_refused() -> None:
    token = InternalTokens("x" * 32, "gateway").issue(MEMBER, "profiles")
    with pytest.raises(ProblemError):
        InternalTokens(SECRET, "profiles").verify(token)


def test_a_short_secret_is_refused_at_start() -> None:
    with pytest.raises(ValueError, match="32"):
        InternalTokens("short", "gateway")


@pytest.mark.parametrize(
    ("change", "header"),
    [
        ({"exp": int(time.time()) - 120}, {"typ": "hezuo-internal+jwt"}),
        ({}, {"typ": "JWT"}),
        ({"aud": "other"}, {"typ": "hezuo-internal+jwt"}),
        ({"role": "emperor"}, {"typ": "hezuo-internal+jwt"}),
    ],
)
def test_a_crooked_token_is_unauthenticated(
    change: dict[str, object], header: dict[str, str]
) -> None:
    claims: dict[str, object] = {
        "iss": "gateway",
        "aud": "profiles",
        "exp": int(time.time()) + 60,
        "sub": "ada",
        "role": "member",
        "org": "org-a",
    }
    token = jwt.encode(claims | change, SECRET, "HS256", headers=header)
    with pytest.raises(ProblemError, match="unauthenticated"):
        InternalTokens(SECRET, "profiles").verify(token)


def test_an_unsigned_token_is_refused() -> None:
    claims = {
        "aud": "profiles",
        "iss": "g",
        "exp": int(time.time()) + 60,
        "sub": "a",
        "role": "member",
    }
    token = jwt.encode(claims, None, "none", headers={"typ": "hezuo-internal+jwt"})
    with pytest.raises(ProblemError, match="unauthenticated"):
        InternalTokens(SECRET, "profiles").verify(token)
