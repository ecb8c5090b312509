"""Verifying access tokens (JWT, RFC 7519; best current practices, RFC 8725; RFC 9068)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jwt
import structlog

from services.gateway.identity.claims import ClaimNames, principal_from
from services.gateway.identity.key_set import KeySet
from services.gateway.identity.keys import VerificationKey
from shared.contracts.principal import Principal
from shared.errors import ProblemError

_TYPES = frozenset({"at+jwt", "application/at+jwt", "jwt"})
_LEEWAY_SECONDS = 10
# What a hostile token can make the parsers raise.
_HOSTILE = (jwt.PyJWTError, ValueError, TypeError, OverflowError, RecursionError)
_log = structlog.get_logger("identity")


@dataclass(frozen=True)
class TokenVerifier:
    """Believes one issuer, for one audience."""

    keys: KeySet
    issuer: str
    audience: str
    claim_names: ClaimNames

    async def verify(self, token: str) -> Principal:
        """The token's principal. Raises ProblemError `unauthenticated` or `token_expired`."""
        try:
            key = await self.keys.find(_key_id(token))
            if key is None:
                raise jwt.InvalidKeyError("unknown key")
            return principal_from(self._claims(token, key), self.claim_names)
        except jwt.ExpiredSignatureError as error:
            raise ProblemError("token_expired", headers=_challenge()) from error
        except _HOSTILE as error:
            _log.info("token_refused", error_type=type(error).__name__)
            raise ProblemError("unauthenticated", reason="", headers=_challenge()) from error

    def _claims(self, token: str, key: VerificationKey) -> Mapping[str, Any]:
        claims: Mapping[str, Any] = jwt.decode(
            token,
            key.key,
            algorithms=[key.algorithm],
            issuer=self.issuer,
            audience=self.audience,
            leeway=_LEEWAY_SECONDS,
            options={"require": ["exp", "iss", "aud", "sub"]},
        )
        return claims


def _key_id(token: str) -> str:
    header = jwt.get_unverified_header(token)
    if str(header.get("typ", "")).lower() not in _TYPES:
        raise jwt.InvalidTokenError("wrong type")
    key_id = header.get("kid")
    if not isinstance(key_id, str):
        raise jwt.InvalidTokenError("no key id")
    return key_id


def _challenge() -> dict[str, str]:
    return {"WWW-Authenticate": 'Bearer error="invalid_token"'}
