"""What is around every page: language, nonce, form secret, and problems shown as pages."""

import secrets
from collections.abc import Awaitable, Callable
from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.gateway.console.assets import PREFIX
from services.gateway.console.cookies import Cookies
from services.gateway.console.headers import PAGE_HEADERS
from services.gateway.console.members_way import page_for_members
from shared.contracts.organisation import Language
from shared.contracts.problems import Problem
from shared.http.language import preferred_language

_ROOT = "/console"
_PROBLEM = "application/problem+json"
ShowProblem = Callable[[Request, Problem], Awaitable[Response]]


class ConsoleMiddleware:
    """Pure ASGI; outside of admission, so that a refusal there is a page too."""

    def __init__(self, app: ASGIApp, cookies: Cookies, show_problem: ShowProblem) -> None:
        self._app = app
        self._cookies = cookies
        self._show = show_problem

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not _is_page(scope):
            await self._app(scope, receive, send)
            return
        fresh = self._prepare(scope)
        answer = _Answer(send, fresh, self._cookies)
        await self._app(scope, receive, answer.take)
        if answer.problem is not None:
            response = await self._told(scope, answer)
            await response(scope, receive, answer.send_on)

    def _prepare(self, scope: Scope) -> str | None:
        """Fill the request's state; a visitor's new secret where it has none yet."""
        request = Request(scope)
        state = scope.setdefault("state", {})
        session = self._cookies.read(request, self._cookies.session)
        kept = session or self._cookies.read(request, self._cookies.visitor)
        state["nonce"] = secrets.token_urlsafe(16)
        state["form_secret"] = kept or secrets.token_urlsafe(32)
        state["language"] = language = self._language(request)
        # The services answer in the language of the page, whatever the browser's header says.
        others = [pair for pair in scope["headers"] if pair[0] != b"accept-language"]
        scope["headers"] = [*others, (b"accept-language", language.encode())]
        return None if kept else state["form_secret"]

    def _language(self, request: Request) -> Language:
        chosen = self._cookies.read(request, self._cookies.language)
        if chosen == "zh":
            return "zh"
        if chosen == "en":
            return "en"
        return preferred_language(request.headers.get("accept-language", ""))

    async def _told(self, scope: Scope, answer: "_Answer") -> Response:
        """As a page; scripts that ask for JSON get the problem as the API gives it."""
        request = Request(scope)
        if "json" in request.headers.get("accept", ""):
            return Response(bytes(answer.body), answer.problem or 500, media_type=_PROBLEM)
        problem = Problem.model_validate_json(bytes(answer.body))
        if problem.status == 401:
            return self._to_login(request)
        if elsewhere := page_for_members(request, problem):
            return RedirectResponse(elsewhere, status_code=302)
        response = await self._show(request, problem)
        for name in ("Retry-After", "Allow"):
            if name in answer.headers:
                response.headers[name] = answer.headers[name]
        return response

    def _to_login(self, request: Request) -> Response:
        """Back to where they wanted to go; what a form held cannot be kept."""
        wanted = request.url.path if request.method == "GET" else ""
        if wanted and request.url.query:
            wanted += f"?{request.url.query}"
        response = RedirectResponse(
            "/console/login" + (f"?next={quote(wanted)}" if wanted else ""), status_code=302
        )
        if self._cookies.read(request, self._cookies.session):
            self._cookies.drop(response, self._cookies.session)
        return response


class _Answer:
    """Passes an answer on, unless it is a problem for a page: that is kept."""

    def __init__(self, send: Send, fresh_secret: str | None, cookies: Cookies) -> None:
        self._send = send
        self._fresh = fresh_secret
        self._cookies = cookies
        self.headers = Headers()
        self.problem: int | None = None
        self.body = bytearray()

    async def take(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.headers = Headers(raw=message["headers"])
            if self.headers.get("content-type", "").startswith(_PROBLEM):
                self.problem = message["status"]
                return
        elif self.problem is not None:
            self.body += message.get("body", b"")
            return
        await self.send_on(message)

    async def send_on(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in PAGE_HEADERS.items():
                headers.setdefault(name, value)
            if self._fresh:
                response = Response()
                self._cookies.keep(response, self._cookies.visitor, self._fresh)
                headers.append("set-cookie", response.headers["set-cookie"])
        await self._send(message)


def _is_page(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["path"].startswith(PREFIX):
        return False
    return bool(scope["path"] == _ROOT or scope["path"].startswith(_ROOT + "/"))
