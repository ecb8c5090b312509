"""What an attacker may try with a token (RFC 8725), over a key directory; all must fail."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shared.contracts.principal import Principal, Role
from shared.internal_tokens import InternalTokens
from shared.local_keys import ensure_key_pair
from tests.support.careless_services import INTERNAL_SECRET


def claims(**changes: Any) -> dict[str, Any]:
    now = int(time.time())
    standard = {
        "iss": "hezuo-embedded",
        "aud": "hezuo",
        "sub": "somebody",
        "iat": now,
        "exp": now + 600,
        "role": "operator",
    }
    return {name: value for name, value in {**standard, **changes}.items() if value is not None}


def signed(
    directory: Path, *, typ: str | None = "at+jwt", kid: str | None = "", **changes: Any
) -> str:
    pair = ensure_key_pair(directory)
    headers = {"typ": typ, "kid": pair.key_id if kid == "" else kid}
    key = serialization.load_pem_private_key(pair.private_key_file.read_bytes(), None)
    known = {name: value for name, value in headers.items() if value is not None}
    assert isinstance(key, Ed25519PrivateKey)
    return jwt.encode(claims(**changes), key, "EdDSA", headers=known)


def part(value: object) -> str:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unsigned(directory: Path) -> str:
    header = {"alg": "none", "typ": "at+jwt", "kid": ensure_key_pair(directory).key_id}
    return f"{part(header)}.{part(claims())}."


def hmac_with_public_key(directory: Path) -> str:
    pair = ensure_key_pair(directory)
    private = serialization.load_pem_private_key(pair.private_key_file.read_bytes(), None)
    public = private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    signed_part = f"{part({'alg': 'HS256', 'typ': 'at+jwt', 'kid': pair.key_id})}.{part(claims())}"
    signature = hmac.new(public, signed_part.encode(), hashlib.sha256).digest()
    return f"{signed_part}.{part(signature)}"


def other_key(directory: Path) -> str:
    headers = {"typ": "at+jwt", "kid": ensure_key_pair(directory).key_id}
    return jwt.encode(claims(), Ed25519PrivateKey.generate(), "EdDSA", headers=headers)


def changed_claims(directory: Path) -> str:
    header, _, signature = signed(directory, role="member", organisation="a").split(".")
    return f"{header}.{part(claims())}.{signature}"


def deep_header(directory: Path) -> str:
    return f"{part(b'[' * 20_000)}.{part(claims())}.{part(b'x')}"


ATTACKS: dict[str, Callable[[Path], str]] = {
    "none": unsigned,
    "HS256 with the public key": hmac_with_public_key,
    "another key": other_key,
    "changed claims": changed_claims,
    "wrong audience": lambda d: signed(d, aud="another"),
    "no audience": lambda d: signed(d, aud=None),
    "wrong issuer": lambda d: signed(d, iss="another"),
    "no issuer": lambda d: signed(d, iss=None),
    "expired": lambda d: signed(d, exp=int(time.time()) - 60),
    "no expiry": lambda d: signed(d, exp=None),
    "infinite expiry": lambda d: signed(d, exp=float("inf")),
    "not yet valid": lambda d: signed(d, nbf=int(time.time()) + 600),
    "wrong type": lambda d: signed(d, typ="logout+jwt"),
    "no type": lambda d: signed(d, typ=""),
    "unknown key": lambda d: signed(d, kid="unknown"),
    "no key id": lambda d: signed(d, kid=None),
    "no subject": lambda d: signed(d, sub=None),
    "subject with line break": lambda d: signed(d, sub="a\r\nb"),
    "no role": lambda d: signed(d, role=None),
    "unknown role": lambda d: signed(d, role="root"),
    "the role of the services": lambda d: signed(d, role="service"),
    "member without organisation": lambda d: signed(d, role="member"),
    "organisation that is no id": lambda d: signed(d, role="member", organisation="../x"),
    "critical extension": lambda d: jwt.encode(
        claims(),
        serialization.load_pem_private_key(ensure_key_pair(d).private_key_file.read_bytes(), None),
        "EdDSA",
        headers={"typ": "at+jwt", "kid": ensure_key_pair(d).key_id, "crit": ["x"], "x": 1},
    ),
    "an internal token": lambda d: InternalTokens(INTERNAL_SECRET, "gateway").issue(
        Principal(subject="x", role=Role.SERVICE), "hezuo"
    ),
    "deep header": deep_header,
    "not a token": lambda d: "abc",
    "empty parts": lambda d: "..",
    "no key of ours": lambda d: "hz_aaaaaaaa_" + "A" * 43,
}
