"""From a request's headers to its principal."""

from dataclasses import dataclass
from typing import Protocol

from starlette.datastructures import Headers

from services.gateway.identity.tokens import TokenVerifier
from shared.contracts.principal import Principal
from shared.errors import ProblemError


class RecognisesKeys(Protocol):
    """Knows whom an API key stands for."""

    async def recognise(self, text: str) -> Principal: ...


@dataclass(frozen=True)
class Authenticator:
    """Takes one credential: a bearer token, or an API key in X-API-Key or as the bearer."""

    tokens: TokenVerifier
    api_keys: RecognisesKeys

    async def principal(self, headers: Headers) -> Principal:
        """Who asks. Raises ProblemError `unauthenticated`, `token_expired` or `not_ready`."""
        bearer, key = _bearer(headers), headers.get("x-api-key", "")
        if bool(bearer) == bool(key) or len(headers.getlist("authorization")) > 1:
            raise ProblemError("unauthenticated", reason="", headers={"WWW-Authenticate": "Bearer"})
        if key or bearer.startswith("hz_"):
            return await self.api_keys.recognise(key or bearer)
        return await self.tokens.verify(bearer)


def _bearer(headers: Headers) -> str:
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""
