"""One id per request, through HTTP, NATS and every log line (pure ASGI)."""

import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADER = "X-Request-Id"
_ACCEPTABLE = re.compile(r"^[A-Za-z0-9._-]{8,64}$")
_current: ContextVar[str] = ContextVar("request_id", default="")


def new_request_id() -> str:
    """96 random bits, URL-safe."""
    return secrets.token_urlsafe(12)


def current_request_id() -> str:
    """The id of the request or event being worked on; made if there is none yet."""
    if not (value := _current.get()):
        value = new_request_id()
        bind_request_id(value)
    return value


def bind_request_id(value: str) -> None:
    """Use this id from here on in this context, in logs too."""
    _current.set(value)
    structlog.contextvars.bind_contextvars(request_id=value)


def begin_turn() -> None:
    """What a background loop does from here on is another piece of work, with an id of its own."""
    bind_request_id(new_request_id())


@contextmanager
def working_for(request_ids: Iterable[str | None]) -> Iterator[str]:
    """Work for these under the id they share, or under a new one; the one before comes back."""
    known = set(request_ids)
    shared = known.pop() if len(known) == 1 else None
    before = _current.get()
    value = shared or new_request_id()
    bind_request_id(value)
    try:
        yield value
    finally:
        if before:
            bind_request_id(before)
        else:
            _current.set("")
            structlog.contextvars.unbind_contextvars("request_id")


class RequestIdMiddleware:
    """Takes a well-formed X-Request-Id or makes one, and answers with it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        offered = Headers(scope=scope).get(HEADER, "")
        request_id = offered if _ACCEPTABLE.match(offered) else new_request_id()
        structlog.contextvars.clear_contextvars()
        bind_request_id(request_id)

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[HEADER] = request_id
            await send(message)

        await self._app(scope, receive, send_with_id)
