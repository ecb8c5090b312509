"""From a request's session cookie to its session, for pages and for the event stream."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.types import Scope

from services.gateway.accounts.sessions import Session, Sessions
from services.gateway.console.assets import PREFIX
from services.gateway.console.cookies import Cookies

EVENTS = "/v1/events"
_BY_ITSELF = "x-hezuo-background"
"""What scripts send with questions that nobody has asked: they keep no session awake."""


@dataclass(frozen=True)
class SessionCookies:
    """Reads sessions. They open the console, and of the API nothing but the event stream."""

    sessions: Sessions
    cookies: Cookies

    async def session(self, scope: Scope) -> Session | None:
        """The browser's session. Raises ProblemError("not_ready") while PostgreSQL is away."""
        request = Request(scope)
        secret = self.cookies.read(request, self.cookies.session)
        if not secret or not _opens(request):
            return None
        in_use = request.url.path != EVENTS and _BY_ITSELF not in request.headers
        return await self.sessions.recognise(secret, in_use=in_use)


def _opens(request: Request) -> bool:
    path = request.url.path
    if path == "/console" or path.startswith("/console/"):
        return not path.startswith(PREFIX)
    # An EventSource cannot send a token; other sites' pages get nothing from it.
    own_page = request.headers.get("sec-fetch-site") == "same-origin"
    return path == EVENTS and request.method == "GET" and own_page
