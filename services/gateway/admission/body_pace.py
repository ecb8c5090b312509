"""A body has to arrive at a minimum rate (as Apache's mod_reqtimeout asks): else 408."""

import asyncio

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.errors import ProblemError
from shared.http.problems import problem_response


class BodyPaceMiddleware:
    """After t seconds at least (t - grace) * rate bytes must be here."""

    def __init__(self, app: ASGIApp, grace_seconds: float, bytes_per_second: float) -> None:
        self._app = app
        self._grace = grace_seconds
        self._rate = bytes_per_second

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        now = asyncio.get_running_loop().time
        waited, received, more, started = 0.0, 0, True, False

        async def in_time() -> Message:
            # Only time spent waiting for the client counts, not our own back pressure.
            nonlocal waited, received, more
            if not more:
                return await receive()
            asked = now()
            try:
                async with asyncio.timeout(self._grace + received / self._rate - waited):
                    message = await receive()
            except TimeoutError as error:
                raise _TooSlowError from error
            waited += now() - asked
            received += len(message.get("body", b""))
            more = message.get("more_body", False)
            return message

        async def note_start(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, in_time, note_start)
        except _TooSlowError:
            if not started:
                error = ProblemError("timeout", headers={"Connection": "close"})
                await problem_response(Request(scope), error)(scope, receive, note_start)


class _TooSlowError(BaseException):
    """Passes through handlers that catch Exception, up to the middleware."""
