"""Public keys and the one algorithm that each type of key may be used with (RFC 8725, 3.1).

The algorithm follows from our key, never from the token: `none` and the HMAC confusion with a
public key have no way in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

_SMALLEST_RSA_BITS = 2048
PublicKey = Ed25519PublicKey | EllipticCurvePublicKey | RSAPublicKey


@dataclass(frozen=True)
class VerificationKey:
    """A key and its algorithm."""

    key: PublicKey
    algorithm: str


def keys_by_id(jwks: Mapping[str, Any]) -> dict[str, VerificationKey]:
    """The usable signing keys of a JWK set (RFC 7517); the others are left out.

    Raises ValueError when it is not a JWK set.
    """
    entries = jwks.get("keys")
    if not isinstance(entries, list):
        raise ValueError("not a JWK set: `keys` is missing")
    found = {}
    for entry in entries:
        if isinstance(entry, dict) and (key := _usable(entry)):
            found[str(entry["kid"])] = key
    return found


def _usable(entry: dict[str, Any]) -> VerificationKey | None:
    if not entry.get("kid") or entry.get("use", "sig") != "sig" or entry.get("kty") == "oct":
        return None
    try:
        key = jwt.PyJWK.from_dict(entry).key
    except (jwt.PyJWTError, ValueError, TypeError, KeyError):
        return None
    algorithm = _algorithm(key)
    if algorithm is None or entry.get("alg", algorithm) != algorithm:
        return None
    return VerificationKey(key, algorithm)


def _algorithm(key: object) -> str | None:
    if isinstance(key, Ed25519PublicKey):
        return "EdDSA"
    if isinstance(key, EllipticCurvePublicKey) and isinstance(key.curve, SECP256R1):
        return "ES256"
    if isinstance(key, RSAPublicKey) and key.key_size >= _SMALLEST_RSA_BITS:
        return "RS256"
    return None
