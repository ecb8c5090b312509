"""Identity and rate before any route, and before any body is read (pure ASGI)."""

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.gateway.admission.rates import RateLimiter, Standing
from services.gateway.identity.authenticator import Authenticator
from shared.contracts.principal import Principal
from shared.errors import ProblemError
from shared.http.problems import problem_response

_UNCOUNTED = frozenset({"/health", "/ready"})
_PROTECTED = "/v1/"


class AdmissionMiddleware:
    """Puts the `principal` into the request's state; answers 401 under /v1 without one, and 429."""

    def __init__(self, app: ASGIApp, authenticator: Authenticator, limiter: RateLimiter) -> None:
        self._app = app
        self._authenticator = authenticator
        self._limiter = limiter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in _UNCOUNTED:
            await self._app(scope, receive, send)
            return
        problem: ProblemError | None = None
        try:
            standing = await self._limiter.count(await self._identify(scope))
        except ProblemError as refusal:
            problem = refusal if scope["path"].startswith(_PROTECTED) else None
            standing = await self._limiter.count_anonymous(_address(scope))
        if standing is not None:
            send = _with_headers(send, standing)
            problem = problem if standing.allowed else _too_many(standing)
        app = problem_response(Request(scope), problem) if problem else self._app
        await app(scope, receive, send)

    async def _identify(self, scope: Scope) -> Principal:
        principal = await self._authenticator.principal(Headers(scope=scope))
        scope.setdefault("state", {})["principal"] = principal
        structlog.contextvars.bind_contextvars(principal=principal.subject, role=principal.role)
        return principal


def _address(scope: Scope) -> str:
    client = scope.get("client")
    return str(client[0]) if client else "unknown"


def _too_many(standing: Standing) -> ProblemError:
    return ProblemError(
        "rate_limited",
        retry_after=standing.reset,
        headers={"Retry-After": str(standing.reset)},
    )


def _with_headers(send: Send, standing: Standing) -> Send:
    async def send_with_standing(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(standing.headers())
        await send(message)

    return send_with_standing
