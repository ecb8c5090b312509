"""The platform's own signing key, for an installation without an OpenID Connect provider.

An Ed25519 key pair (RFC 8032) made once; the public half is published as a JWK set (RFC 7517,
RFC 8037), its `kid` is the key's thumbprint (RFC 7638). Tokens follow RFC 9068 (`at+jwt`).
"""

import json
import os
import time
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shared.contracts.principal import Role

LOCAL_ISSUER = "hezuo-embedded"
AUDIENCE = "hezuo"
_PRIVATE_FILE = "signing-key.pem"
_PUBLIC_FILE = "jwks.json"
_RAW = serialization.Encoding.Raw, serialization.PublicFormat.Raw


@dataclass(frozen=True)
class KeyPair:
    """Where the two halves are, and the key's id."""

    private_key_file: Path
    jwks_file: Path
    key_id: str


def ensure_key_pair(directory: Path) -> KeyPair:
    """Make `signing-key.pem` (mode 0600) and `jwks.json` in the directory, or find them there.

    Raises ValueError when the private key there cannot be read as Ed25519.
    """
    directory.mkdir(parents=True, exist_ok=True)
    private_file, public_file = directory / _PRIVATE_FILE, directory / _PUBLIC_FILE
    if not private_file.exists():
        _write_once(private_file, _private_pem(Ed25519PrivateKey.generate()))
    public = _public_jwk(_load(private_file))
    jwks = json.dumps({"keys": [public]}, indent=2).encode()
    if not public_file.exists() or public_file.read_bytes() != jwks:
        _replace(public_file, jwks)
    return KeyPair(private_file, public_file, public["kid"])


def issue_token(
    directory: Path,
    *,
    role: Role | str,
    organisation: str | None = None,
    subject: str | None = None,
    lifetime_seconds: int = 12 * 3600,
    issuer: str = LOCAL_ISSUER,
    audience: str = AUDIENCE,
) -> str:
    """A signed access token; the key pair is made when there is none yet.

    Raises ValueError for an unknown role, the role `service`, or a member without organisation.
    """
    role = Role(role)
    if role is Role.SERVICE:
        raise ValueError("role service: services sign for themselves, no token is given out")
    if role is Role.MEMBER and not organisation:
        raise ValueError("role member: name the organisation the member speaks for")
    pair = ensure_key_pair(directory)
    now = int(time.time())
    claims = {
        "iss": issuer,
        "aud": audience,
        "sub": subject or (f"{role}:{organisation}" if organisation else str(role)),
        "iat": now,
        "exp": now + lifetime_seconds,
        "jti": uuid4().hex,
        "role": role.value,
        "organisation": organisation,
    }
    known = {name: value for name, value in claims.items() if value is not None}
    headers = {"typ": "at+jwt", "kid": pair.key_id}
    return jwt.encode(known, _load(pair.private_key_file), "EdDSA", headers=headers)


def _private_pem(key: Ed25519PrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _load(path: Path) -> Ed25519PrivateKey:
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError(f"{path}: not an Ed25519 private key; remove it to get a new one")
    return key


def _public_jwk(key: Ed25519PrivateKey) -> dict[str, str]:
    point = _base64url(key.public_key().public_bytes(*_RAW))
    essential = {"crv": "Ed25519", "kty": "OKP", "x": point}
    thumbprint = sha256(json.dumps(essential, separators=(",", ":"), sort_keys=True).encode())
    return {**essential, "use": "sig", "alg": "EdDSA", "kid": _base64url(thumbprint.digest())}


def _base64url(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def _write_once(path: Path, content: bytes) -> None:
    """Two first starts at once end with one key: the loser of the link keeps the winner's."""
    temporary = path.with_name(f".{path.name}.{uuid4().hex}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(temporary, path)
    except FileExistsError:
        pass
    finally:
        temporary.unlink()


def _replace(path: Path, content: bytes) -> None:
    temporary = path.with_name(f".{path.name}.{uuid4().hex}")
    temporary.write_bytes(content)
    temporary.replace(path)
