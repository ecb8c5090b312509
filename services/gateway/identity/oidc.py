"""Logging in at an OpenID Connect provider: authorization code flow with PKCE (RFC 7636).

OpenID Connect Core 1.0, section 3.1; discovery by its Discovery 1.0; best practice by RFC 9700.
Authlib's parts make the request and check the ID token's claims; its signature is checked with the
issuer's keys, under the one algorithm that each key is for.
"""

import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx2 as httpx
import jwt
import structlog
from pydantic import TypeAdapter, ValidationError

from services.gateway.identity.claims import ClaimedRights, ClaimNames, claimed_rights
from services.gateway.identity.key_set import KeySet
from shared.contracts.accounts import Email
from shared.errors import ProblemError

_log = structlog.get_logger("identity")
_SECONDS = 10.0
_DISCOVERY_AGE = 3600.0
_LEEWAY = 10
_EMAIL = TypeAdapter[str](Email)


@dataclass(frozen=True)
class Client:
    """This platform as the provider knows it."""

    client_id: str
    client_secret: str | None
    scope: str


@dataclass(frozen=True)
class Attempt:
    """What one login must bring back; kept in the browser, signed."""

    state: str
    nonce: str
    verifier: str
    wanted: str


@dataclass(frozen=True)
class Vouched:
    """Whom the provider vouches for."""

    rights: ClaimedRights
    email: str
    name: str


class OidcLogin:
    """One provider."""

    def __init__(
        self,
        issuer: str,
        client: Client,
        keys: KeySet,
        names: ClaimNames,
        http: httpx.AsyncClient,
    ) -> None:
        self._issuer = issuer
        self._client = client
        self._keys = keys
        self._names = names
        self._http = http
        self._found: tuple[float, dict[str, Any]] | None = None

    async def begin(self, redirect_uri: str, wanted: str) -> tuple[str, Attempt]:
        """Where to send the browser, and what to remember. Raises ProblemError("not_ready")."""
        from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
        from authlib.oauth2.rfc7636 import create_s256_code_challenge

        provider = await self._discover()
        attempt = Attempt(
            secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48), wanted
        )
        address: str = prepare_grant_uri(
            provider["authorization_endpoint"],
            client_id=self._client.client_id,
            response_type="code",
            redirect_uri=redirect_uri,
            scope=self._client.scope,
            state=attempt.state,
            nonce=attempt.nonce,
            code_challenge=create_s256_code_challenge(attempt.verifier),
            code_challenge_method="S256",
        )
        return address, attempt

    async def finish(
        self, attempt: Attempt, answer: Mapping[str, str], redirect_uri: str
    ) -> Vouched:
        """Whom it is. Raises ProblemError `login_failed` or `not_ready`."""
        provider = await self._discover()
        if not secrets.compare_digest(answer.get("state", "").encode(), attempt.state.encode()):
            raise _failed("the answer does not belong to this login; begin again")
        # RFC 9207: an answer of another provider is not taken for this one's.
        if answer.get("iss", self._issuer) != self._issuer:
            raise _failed("the answer comes from another identity provider")
        if "code" not in answer:
            raise _failed("the identity provider has refused the login")
        tokens = await self._exchange(provider, answer["code"], attempt, redirect_uri)
        return self._vouched(await self._claims(tokens, attempt))

    async def _discover(self) -> dict[str, Any]:
        if self._found and time.monotonic() - self._found[0] < _DISCOVERY_AGE:
            return self._found[1]
        address = f"{self._issuer.rstrip('/')}/.well-known/openid-configuration"
        try:
            response = await self._http.get(address, timeout=_SECONDS)
            response.raise_for_status()
            provider: dict[str, Any] = response.json()
        except (httpx.HTTPError, json.JSONDecodeError) as error:
            raise ProblemError("not_ready", what="identity provider") from error
        if provider.get("issuer") != self._issuer:
            _log.error("discovery_of_another_issuer", issuer=str(provider.get("issuer"))[:200])
            raise ProblemError("not_ready", what="identity provider")
        self._found = (time.monotonic(), provider)
        return provider

    async def _exchange(
        self, provider: dict[str, Any], code: str, attempt: Attempt, redirect_uri: str
    ) -> dict[str, Any]:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
            "code_verifier": attempt.verifier,
            "client_id": self._client.client_id,
        }
        secret = self._client.client_secret
        auth: Any = {}
        if secret:
            auth = {"auth": httpx.BasicAuth(self._client.client_id, secret)}
        try:
            response = await self._http.post(
                provider["token_endpoint"], data=form, timeout=_SECONDS, **auth
            )
        except httpx.HTTPError as error:
            raise ProblemError("not_ready", what="identity provider") from error
        if response.is_error:
            _log.info("code_refused", status=response.status_code)
            raise _failed("the identity provider did not accept the login; begin again")
        found: dict[str, Any] = response.json()
        return found

    async def _claims(self, tokens: dict[str, Any], attempt: Attempt) -> dict[str, Any]:
        from authlib.oidc.core import CodeIDToken

        token = str(tokens.get("id_token", ""))
        try:
            header = jwt.get_unverified_header(token)
            key = await self._keys.find(str(header.get("kid")))
            if key is None:
                raise jwt.InvalidKeyError("unknown key")
            claims: dict[str, Any] = jwt.decode(
                token,
                key.key,
                algorithms=[key.algorithm],
                issuer=self._issuer,
                audience=self._client.client_id,
                leeway=_LEEWAY,
                options={"require": ["exp", "iat", "iss", "aud", "sub", "nonce"]},
            )
            known = {
                "nonce": attempt.nonce,
                "client_id": self._client.client_id,
                "access_token": tokens.get("access_token"),
            }
            CodeIDToken(claims, header, {}, known).validate(leeway=_LEEWAY)
        except ProblemError:
            raise
        except Exception as error:
            # Authlib and PyJWT raise a dozen kinds; whatever it is, nobody is let in.
            _log.info("id_token_refused", error_type=type(error).__name__)
            raise _failed("the identity provider's answer could not be verified") from error
        return claims

    def _vouched(self, claims: dict[str, Any]) -> Vouched:
        try:
            rights = claimed_rights(claims, self._names)
        except ValueError as error:
            _log.info("login_without_role", problem=str(error))
            raise _failed("your account has no role on this platform; ask its operator") from error
        email = claims.get("email") if claims.get("email_verified") is not False else None
        name = str(claims.get("name") or claims.get("preferred_username") or rights.subject)
        return Vouched(rights, self._email(email, rights), name[:300])

    def _email(self, given: object, rights: ClaimedRights) -> str:
        """An address that nobody else has stands in where none is vouched for."""
        try:
            return _EMAIL.validate_python(given)
        except ValidationError:
            return f"{rights.subject}@{urlsplit(self._issuer).hostname}.invalid".lower()


def _failed(reason: str) -> ProblemError:
    return ProblemError("login_failed", reason=reason)
