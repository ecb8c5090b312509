"""The platform's own signing key."""

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import jwt
import pytest

from shared.local_keys import ensure_key_pair, issue_token


def test_the_private_key_is_for_its_owner_alone(tmp_path: Path) -> None:
    pair = ensure_key_pair(tmp_path / "keys")
    assert stat.S_IMODE(pair.private_key_file.stat().st_mode) == 0o600
    (public,) = json.loads(pair.jwks_file.read_text())["keys"]
    assert (public["kid"], public["alg"]) == (pair.key_id, "EdDSA")
    assert "d" not in public


def test_it_is_made_once_even_by_starts_at_the_same_time(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        pairs = set(pool.map(ensure_key_pair, [tmp_path] * 16))
    assert len(pairs) == 1
    assert sorted(file.name for file in tmp_path.iterdir()) == ["jwks.json", "signing-key.pem"]


def test_tokens_carry_role_and_organisation(tmp_path: Path) -> None:
    token = issue_token(tmp_path, role="member", organisation="nuist", lifetime_seconds=60)
    claims = jwt.decode(token, options={"verify_signature": False})
    assert (claims["role"], claims["organisation"]) == ("member", "nuist")
    assert claims["exp"] - claims["iat"] == 60
    assert jwt.get_unverified_header(token)["typ"] == "at+jwt"


@pytest.mark.parametrize(
    ("role", "organisation"), [("service", None), ("member", None), ("root", None)]
)
def test_some_tokens_are_not_given_out(tmp_path: Path, role: str, organisation: str | None) -> None:
    with pytest.raises(ValueError, match=r"role|Role"):
        issue_token(tmp_path, role=role, organisation=organisation)


def test_another_kind_of_key_is_named_in_the_error(tmp_path: Path) -> None:
    (tmp_path / "signing-key.pem").write_text("nonsense")
    with pytest.raises(ValueError, match=r"PEM|pem"):
        ensure_key_pair(tmp_path)
