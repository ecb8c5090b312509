"""Short-lived signed principals for calls between services (JWT, RFC 7519 and RFC 8725)."""

import time

import jwt

from shared.contracts.principal import Principal, Role
from shared.errors import ProblemError

_ALGORITHM = "HS256"
_TYPE = "hezuo-internal+jwt"
_LIFETIME_SECONDS = 60


class InternalTokens:
    """Issues and verifies principals with a secret that only the services share."""

    def __init__(self, secret: str, service: str) -> None:
        if len(secret) < 32:
            raise ValueError("internal secret: give at least 32 characters")
        self._secret = secret
        self._service = service

    def issue(self, principal: Principal, audience: str) -> str:
        """A token with which `audience` will act for `principal` during one minute."""
        now = int(time.time())
        claims = {
            "iss": self._service,
            "aud": audience,
            "iat": now,
            "exp": now + _LIFETIME_SECONDS,
            "sub": principal.subject,
            "role": principal.role.value,
            "org": principal.organisation,
        }
        return jwt.encode(claims, self._secret, _ALGORITHM, headers={"typ": _TYPE})

    def as_service(self, audience: str) -> str:
        """A token for a call on this service's own behalf."""
        return self.issue(Principal(subject=self._service, role=Role.SERVICE), audience)

    def verify(self, token: str) -> Principal:
        """The principal of a token meant for this service.

        Raises ProblemError("unauthenticated") for anything else.
        """
        try:
            if jwt.get_unverified_header(token).get("typ") != _TYPE:
                raise jwt.InvalidTokenError("wrong type")
            claims = jwt.decode(
                token,
                self._secret,
                algorithms=[_ALGORITHM],
                audience=self._service,
                options={"require": ["exp", "aud", "iss", "sub"]},
            )
            return Principal(
                subject=claims["sub"], role=Role(claims["role"]), organisation=claims.get("org")
            )
        except (jwt.PyJWTError, KeyError, ValueError) as error:
            raise ProblemError("unauthenticated", reason="") from error
