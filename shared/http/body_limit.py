"""Bounding request bodies by counting what arrives: Starlette has no limit of its own."""

import re
from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.errors import ProblemError
from shared.http.problems import problem_response


class BodyLimitMiddleware:
    """Answers 413 as soon as a body is, or turns out to be, over its limit.

    `exceptions` maps path patterns to their own limits, in bytes.
    """

    def __init__(
        self, app: ASGIApp, limit: int, exceptions: Mapping[str, int] | None = None
    ) -> None:
        self._app = app
        self._limit = limit
        self._exceptions = [(re.compile(path), size) for path, size in (exceptions or {}).items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._limit_for(scope["path"])
        if _declared_length(scope) > limit:
            await _refuse(scope, receive, send, limit)
            return
        received, started = 0, False

        async def count() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                raise _TooLarge
            return message

        async def note_start(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, count, note_start)
        except _TooLarge:
            if not started:
                await _refuse(scope, receive, send, limit)

    def _limit_for(self, path: str) -> int:
        return next(
            (size for pattern, size in self._exceptions if pattern.match(path)), self._limit
        )


class _TooLarge(BaseException):
    """Passes through handlers that catch Exception, up to the middleware."""


def _declared_length(scope: Scope) -> int:
    value = Headers(scope=scope).get("content-length", "0")
    return int(value) if value.isdigit() else 0


async def _refuse(scope: Scope, receive: Receive, send: Send, limit: int) -> None:
    error = ProblemError("body_too_large", limit=limit, headers={"Connection": "close"})
    await problem_response(Request(scope), error)(scope, receive, send)
