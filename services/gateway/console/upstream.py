"""Asking a service for a page, in the reader's name and language; contracts in, contracts out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import uuid4

import httpx2 as httpx
from pydantic import BaseModel

from services.gateway.forwarding import read_answer
from shared.clients.service_client import ServiceClient
from shared.contracts.organisation import Language
from shared.contracts.principal import Principal

Model = TypeVar("Model", bound=BaseModel)
Disclose = Callable[[Model, Principal], Model]
Value = str | int | float | bool | None


@dataclass(frozen=True)
class Answer(Generic[Model]):
    """What a service said, and the version to name when it is changed (its ETag)."""

    found: Model
    etag: str | None


@dataclass(frozen=True)
class Upstream:
    """One service, for one request."""

    client: ServiceClient
    reader: Principal
    language: Language

    async def get(
        self,
        path: str,
        model: type[Model],
        disclose: Disclose[Model] | None = None,
        **params: Value,
    ) -> Model:
        """Read something. Raises the service's ProblemError."""
        return (await self.get_with_etag(path, model, disclose, **params)).found

    async def get_with_etag(
        self,
        path: str,
        model: type[Model],
        disclose: Disclose[Model] | None = None,
        **params: Value,
    ) -> Answer[Model]:
        """Read something that is to be changed."""
        answer = await self._call("GET", path, params=params)
        return self._read(answer, model, disclose)

    async def send(
        self,
        method: str,
        path: str,
        model: type[Model],
        body: BaseModel | None = None,
        disclose: Disclose[Model] | None = None,
        *,
        if_match: str | None = None,
        once: str | None = None,
        timeout_seconds: float | None = None,
        **params: Value,
    ) -> Answer[Model]:
        """Change something. `once` is the form's Idempotency-Key."""
        answer = await self._call(
            method,
            path,
            params=params,
            body=body,
            if_match=if_match,
            once=once,
            timeout_seconds=timeout_seconds,
        )
        return self._read(answer, model, disclose)

    async def act(
        self,
        method: str,
        path: str,
        body: BaseModel | None = None,
        *,
        if_match: str | None = None,
        once: str | None = None,
        **params: Value,
    ) -> None:
        """Change something whose answer does not matter."""
        await self._call(method, path, params=params, body=body, if_match=if_match, once=once)

    async def _call(
        self,
        method: str,
        path: str,
        *,
        params: dict[str, Value],
        body: BaseModel | None = None,
        if_match: str | None = None,
        once: str | None = None,
        timeout_seconds: float | None = None,
    ) -> httpx.Response:
        offered = {
            "Accept-Language": self.language,
            "Content-Type": "application/json" if body is not None else None,
            "If-Match": if_match,
            "Idempotency-Key": (once or uuid4().hex) if method == "POST" else None,
        }
        return await self.client.call(
            method,
            path,
            principal=self.reader,
            params=params,
            headers={name: value for name, value in offered.items() if value},
            content=None if body is None else body.model_dump_json(exclude_unset=True).encode(),
            timeout_seconds=timeout_seconds,
        )

    def _read(
        self, answer: httpx.Response, model: type[Model], disclose: Disclose[Model] | None
    ) -> Answer[Model]:
        found = read_answer(model, answer)
        return Answer(
            disclose(found, self.reader) if disclose else found, answer.headers.get("etag")
        )
