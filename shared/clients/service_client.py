"""HTTP to one service: pooled, timed out, retried within a budget, signed for a principal."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import httpx2 as httpx

from shared.clients.retry_budget import RetryBudget
from shared.contracts.principal import Principal
from shared.contracts.problems import Problem
from shared.errors import ProblemError
from shared.http.request_id import HEADER as REQUEST_ID_HEADER
from shared.http.request_id import current_request_id
from shared.internal_tokens import InternalTokens
from shared.problem_catalogue import CATALOGUE

_SAFE = frozenset({"GET", "HEAD"})
_PASSING = frozenset({502, 503, 504})
_ATTEMPTS = 3
Content = bytes | AsyncIterator[bytes] | None


class ServiceClient:
    """Calls one service for a principal, or on the caller's own behalf."""

    def __init__(
        self,
        name: str,
        base_url: str,
        tokens: InternalTokens,
        *,
        timeout_seconds: float = 10.0,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self.name = name
        self._tokens = tokens
        self._budget = RetryBudget()
        self._http = httpx.AsyncClient(
            base_url=base_url,
            timeout=httpx.Timeout(timeout_seconds, connect=2.0, pool=2.0),
            limits=httpx.Limits(max_connections=100, max_keepalive_connections=32),
            transport=transport,
        )

    async def send(
        self,
        method: str,
        path: str,
        *,
        principal: Principal | None = None,
        params: Mapping[str, str | int | float | bool | None] | None = None,
        headers: Mapping[str, str] | None = None,
        content: Content = None,
        timeout_seconds: float | None = None,
    ) -> httpx.Response:
        """The response, whatever its status; safe methods are retried within the budget.

        Raises ProblemError `not_ready` or `upstream_timeout` when no response came.
        """
        request = self._request(method, path, principal, params, headers, content, timeout_seconds)
        self._budget.earn()
        for attempt in range(_ATTEMPTS):
            may_retry = method in _SAFE and attempt + 1 < _ATTEMPTS
            try:
                response = await self._http.send(request)
            except httpx.TimeoutException as error:
                if not (may_retry and self._budget.spend()):
                    raise ProblemError("upstream_timeout", what=self.name) from error
            except httpx.TransportError as error:
                if not (may_retry and self._budget.spend()):
                    raise ProblemError("not_ready", what=self.name) from error
            else:
                if not (response.status_code in _PASSING and may_retry and self._budget.spend()):
                    return response
            await asyncio.sleep(0.05 * 2**attempt)
        raise AssertionError("unreachable")

    async def call(
        self,
        method: str,
        path: str,
        *,
        principal: Principal | None = None,
        params: Mapping[str, str | int | float | bool | None] | None = None,
        headers: Mapping[str, str] | None = None,
        content: Content = None,
        timeout_seconds: float | None = None,
    ) -> httpx.Response:
        """A successful response. Raises the service's own problem as ProblemError otherwise."""
        response = await self.send(
            method,
            path,
            principal=principal,
            params=params,
            headers=headers,
            content=content,
            timeout_seconds=timeout_seconds,
        )
        if response.is_error:
            raise upstream_problem(response)
        return response

    @asynccontextmanager
    async def stream(
        self,
        method: str,
        path: str,
        *,
        principal: Principal | None = None,
        params: Mapping[str, str | int | float | bool | None] | None = None,
        timeout_seconds: float = 300,
    ) -> AsyncIterator[httpx.Response]:
        """A response read piece by piece; never retried."""
        request = self._request(method, path, principal, params, None, None, timeout_seconds)
        try:
            response = await self._http.send(request, stream=True)
        except httpx.TransportError as error:
            raise ProblemError("not_ready", what=self.name) from error
        try:
            if response.is_error:
                await response.aread()
                raise upstream_problem(response)
            yield response
        finally:
            await response.aclose()

    async def close(self) -> None:
        """Close the pool."""
        await self._http.aclose()

    def _request(
        self,
        method: str,
        path: str,
        principal: Principal | None,
        params: Mapping[str, str | int | float | bool | None] | None,
        headers: Mapping[str, str] | None,
        content: Content,
        timeout_seconds: float | None,
    ) -> httpx.Request:
        token = (
            self._tokens.issue(principal, self.name)
            if principal
            else self._tokens.as_service(self.name)
        )
        known = {name: value for name, value in (params or {}).items() if value is not None}
        return self._http.build_request(
            method,
            path,
            params=known,
            content=content,
            headers={
                **(headers or {}),
                "Authorization": f"Bearer {token}",
                REQUEST_ID_HEADER: current_request_id(),
            },
            timeout=self._http.timeout if timeout_seconds is None else timeout_seconds,
        )


def upstream_problem(response: httpx.Response) -> ProblemError:
    """A service's problem answer as the error it was raised as."""
    try:
        problem = Problem.model_validate_json(response.content)
        if problem.code in CATALOGUE:
            return ReceivedProblemError(problem, response.headers)
    except ValueError:
        pass
    return ProblemError("internal")


class ReceivedProblemError(ProblemError):
    """A problem that another service has raised; said again with the same parameters."""

    def __init__(self, problem: Problem, headers: Mapping[str, str]) -> None:
        kept = {name: headers[name] for name in ("ETag", "Retry-After", "Allow") if name in headers}
        super().__init__(problem.code, fields=problem.fields, headers=kept, **problem.parameters)
