"""The last resort, inside request ids and access log, so that a 500 carries and shows both.

Starlette's own handler of `Exception` sits outside every middleware.
"""

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.errors import ProblemError
from shared.http.problems import problem_response

_log = structlog.get_logger("http")


class UnexpectedErrorMiddleware:
    """Answers 500 for what no handler expected; says nothing to a client that has gone."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def note_start(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, note_start)
        except ClientDisconnect:
            _log.info("client_gone")
        except Exception as error:
            _log.error("unexpected_error", error_type=type(error).__name__, exc_info=error)
            if started:
                raise
            await problem_response(Request(scope), ProblemError("internal"))(scope, receive, send)
