"""Passing a request on to a service in the reader's name, and its answer back."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import TypeVar

import httpx2 as httpx
import structlog
from fastapi import Request
from fastapi.responses import Response, StreamingResponse
from pydantic import BaseModel, ValidationError

from shared.clients.service_client import Content, ServiceClient
from shared.contracts.principal import Principal
from shared.errors import ProblemError

_PASSED_ON = (
    "Accept-Language",
    "Content-Type",
    "If-Match",
    "If-None-Match",
    "Idempotency-Key",
)
_PASSED_BACK = ("ETag", "Retry-After", "Idempotency-Replayed")
_log = structlog.get_logger("forwarding")

Model = TypeVar("Model", bound=BaseModel)
Params = Mapping[str, str | int | float | bool | None]
Disclose = Callable[[Model, Principal], Model]


@dataclass(frozen=True)
class Forwarder:
    """Calls one service for one request and its reader."""

    client: ServiceClient
    request: Request
    reader: Principal

    async def fetch(
        self,
        method: str,
        path: str,
        model: type[Model],
        disclose: Disclose[Model] | None = None,
        *,
        params: Params | None = None,
        content: Content = None,
        timeout_seconds: float | None = None,
    ) -> Response:
        """The service's answer, read as its contract and disclosed to the reader.

        Raises the service's own problem, or `internal` when the answer breaks the contract.
        """
        answer = await self._call(method, path, params, content, timeout_seconds)
        headers = _back(answer)
        if not answer.content:
            return Response(status_code=answer.status_code, headers=headers)
        found = read_answer(model, answer)
        shown = disclose(found, self.reader) if disclose else found
        return Response(
            # Nothing was withheld: what was read as the contract goes on as it is.
            answer.content if shown is found else shown.model_dump_json(),
            status_code=answer.status_code,
            headers=headers,
            media_type="application/json",
        )

    async def act(self, method: str, path: str) -> Response:
        """For answers without content."""
        answer = await self._call(method, path, None, None, None)
        return Response(status_code=answer.status_code, headers=_back(answer))

    async def stream(self, path: str, *, params: Params | None = None) -> Response:
        """An answer passed through piece by piece; its start decides about errors."""
        async with AsyncExitStack() as stack:
            answer = await stack.enter_async_context(
                self.client.stream("GET", path, principal=self.reader, params=params)
            )
            kept = stack.pop_all()
        headers = _back(answer)
        if "content-disposition" in answer.headers:
            headers["Content-Disposition"] = answer.headers["content-disposition"]
        return StreamingResponse(
            _pieces(answer, kept), headers=headers, media_type=answer.headers.get("content-type")
        )

    async def _call(
        self,
        method: str,
        path: str,
        params: Params | None,
        content: Content,
        timeout_seconds: float | None,
    ) -> httpx.Response:
        offered = self.request.headers
        try:
            return await self.client.call(
                method,
                path,
                principal=self.reader,
                params=params,
                headers={name: offered[name] for name in _PASSED_ON if name in offered},
                content=content,
                timeout_seconds=timeout_seconds,
            )
        except ProblemError as error:
            if error.code != "unauthenticated":
                raise
            # The reader is known here: it is our own signature that was refused.
            _log.error("internal_token_refused", service=self.client.name)
            raise ProblemError("internal") from error


async def _pieces(answer: httpx.Response, kept: AsyncExitStack) -> AsyncIterator[bytes]:
    async with kept:
        async for piece in answer.aiter_bytes():
            yield piece


def _back(answer: httpx.Response) -> dict[str, str]:
    headers = {name: answer.headers[name] for name in _PASSED_BACK if name in answer.headers}
    location = answer.headers.get("location", "")
    if location.startswith("/"):
        headers["Location"] = f"/v1{location}"
    return headers


def read_answer(model: type[Model], answer: httpx.Response) -> Model:
    """A service's answer as its contract. Raises ProblemError("internal") where it breaks it."""
    try:
        return model.model_validate_json(answer.content)
    except ValidationError as error:
        # Where, not what: the content may be confidential.
        places = [".".join(map(str, item["loc"])) for item in error.errors(include_input=False)]
        _log.error("contract_broken", model=model.__name__, places=places[:5])
        raise ProblemError("internal") from error
