"""Identity and rate before any route, and before any body is read (pure ASGI)."""

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.gateway.admission.rates import RateLimiter, Standing
from services.gateway.console.session_cookie import SessionCookies
from services.gateway.identity.authenticator import Authenticator
from shared.contracts.principal import Principal
from shared.errors import ProblemError
from shared.http.problems import problem_response

_UNCOUNTED = frozenset({"/health", "/ready"})
_FILES = "/console/static/"
_PAGES = "/console"
_PROTECTED = "/v1/"


class AdmissionMiddleware:
    """Puts the `principal` into the request's state; answers 401 under /v1 without one, and 429.

    Browsers show a session instead: it opens the console, and of /v1 the event stream alone.
    """

    def __init__(
        self,
        app: ASGIApp,
        authenticator: Authenticator,
        limiter: RateLimiter,
        browsers: SessionCookies,
    ) -> None:
        self._app = app
        self._authenticator = authenticator
        self._limiter = limiter
        self._browsers = browsers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or _is_uncounted(scope["path"]):
            await self._app(scope, receive, send)
            return
        problem: ProblemError | None = None
        try:
            standing = await self._limiter.count(await self._identify(scope))
        except ProblemError as refusal:
            problem = refusal if _is_told(refusal, scope["path"]) else None
            standing = await self._limiter.count_anonymous(_address(scope))
        if standing is not None:
            send = _with_headers(send, standing)
            problem = problem if standing.allowed else _too_many(standing)
        app = problem_response(Request(scope), problem) if problem else self._app
        await app(scope, receive, send)

    async def _identify(self, scope: Scope) -> Principal:
        state = scope.setdefault("state", {})
        session = await self._browsers.session(scope)
        if session is not None:
            state["session"] = session
            principal = session.person.principal
        elif _is_page(scope["path"]):
            # A token opens no page: pages are for browsers, whose forms are checked.
            raise ProblemError("unauthenticated", reason="")
        else:
            principal = await self._authenticator.principal(Headers(scope=scope))
        state["principal"] = principal
        structlog.contextvars.bind_contextvars(principal=principal.subject, role=principal.role)
        return principal


def _is_uncounted(path: str) -> bool:
    return path in _UNCOUNTED or path.startswith(_FILES)


def _is_page(path: str) -> bool:
    return path == _PAGES or path.startswith(_PAGES + "/")


def _is_told(refusal: ProblemError, path: str) -> bool:
    """Visitors may see the login page; but nobody is sent there because a part is away."""
    if _is_page(path):
        return refusal.code != "unauthenticated"
    return path.startswith(_PROTECTED)


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
