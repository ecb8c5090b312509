"""The gateway as the commands see it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import httpx2 as httpx

from cli.failures import CommandError
from cli.language import terminal_language

Parameters = Mapping[str, str | int | float | bool | None]


class Gateway:
    """JSON in and out; problems become CommandError in the terminal's language."""

    def __init__(
        self, url: str, token: str, *, transport: httpx.BaseTransport | None = None
    ) -> None:
        self.url = url
        self._http = httpx.Client(
            base_url=url,
            headers={**_credential(token), "Accept-Language": terminal_language()},
            timeout=httpx.Timeout(60, connect=5),
            transport=transport,
        )

    def get(self, path: str, params: Parameters | None = None) -> Any:
        """The JSON answer."""
        return self.request("GET", path, params=params)

    def request(
        self,
        method: str,
        path: str,
        *,
        params: Parameters | None = None,
        json: object = None,
        content: Iterator[bytes] | None = None,
        headers: Mapping[str, str] | None = None,
        seconds: float | None = None,
    ) -> Any:
        """The JSON answer, None where there is none. Raises CommandError for a problem."""
        try:
            response = self._http.request(
                method,
                path,
                params=_known(params),
                json=json,
                content=content,
                headers=headers,
                timeout=seconds or self._http.timeout,
            )
        except httpx.HTTPError as error:
            raise self._unreachable(error) from error
        if response.is_error:
            raise CommandError(describe_problem(response))
        return response.json() if response.content else None

    @contextmanager
    def stream(self, path: str, params: Parameters | None = None) -> Iterator[httpx.Response]:
        """A large answer, read piece by piece."""
        try:
            with self._http.stream("GET", path, params=_known(params), timeout=600) as response:
                if response.is_error:
                    response.read()
                    raise CommandError(describe_problem(response))
                yield response
        except httpx.HTTPError as error:
            raise self._unreachable(error) from error

    def pages(self, path: str, params: Parameters | None = None) -> Iterator[dict[str, Any]]:
        """The items of all pages."""
        cursor: str | None = None
        while True:
            page = self.get(path, {**(params or {}), "cursor": cursor})
            yield from page["items"]
            cursor = page.get("next_cursor")
            if not cursor:
                return

    def _unreachable(self, error: httpx.HTTPError) -> CommandError:
        return CommandError(
            f"{self.url} does not answer ({type(error).__name__}). "
            "Is it running? See `hezuo status`."
        )


def describe_problem(response: httpx.Response) -> str:
    """The detail of a problem answer, its fields and their mends, and the request id."""
    try:
        problem = response.json()
        lines = [str(problem["detail"])]
        for field in problem.get("fields", ()):
            mend = f" → {field['mend']}" if field.get("mend") else ""
            lines.append(f"  {field['field']}: {field['problem']}{mend}")
        lines.append(f"  ({problem['code']}, request {problem.get('request_id', '?')})")
    except (ValueError, KeyError, TypeError):
        return f"the gateway answered {response.status_code} {response.reason_phrase}"
    return "\n".join(lines)


def _credential(token: str) -> dict[str, str]:
    if token.count(".") == 2:  # a JWT has three parts, an API key none
        return {"Authorization": f"Bearer {token}"}
    return {"X-API-Key": token}


def _known(params: Parameters | None) -> dict[str, str | int | float | bool]:
    return {name: value for name, value in (params or {}).items() if value is not None}
