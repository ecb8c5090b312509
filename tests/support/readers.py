"""Everybody who may come to the gateway, as HTTP clients of a running platform."""

from typing import Any

import httpx2 as httpx

from tests.support.stack import Stack

OWNED, OTHER = "mx-owned", "mx-other"
SIGNED_IN = ("owner", "other", "coordinator", "batch", "operator")
READERS = (*SIGNED_IN, "anonymous", "revoked")
"""`owner` speaks for the organisation that is asked about, `other` for another one; `revoked`
shows an API key that was an operator's."""


class Readers:
    """One connection pool; each request with the credential of its reader."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self._http = httpx.Client(base_url=stack.url, timeout=60)
        self._credentials: dict[tuple[str, str], dict[str, str]] = {}
        self._revoked = self._revoked_key()

    def ask(
        self, reader: str, method: str, path: str, *, owned: str = OWNED, **more: Any
    ) -> httpx.Response:
        """A request of the gateway by a reader, whose `owner` speaks for `owned`."""
        headers = {**self._credential(reader, owned), **more.pop("headers", {})}
        return self._http.request(method, path, headers=headers, **more)

    def opened(self, reader: str, path: str, *, owned: str = OWNED) -> int:
        """The status of an answer that would not end by itself."""
        headers = self._credential(reader, owned)
        with self._http.stream("GET", path, headers=headers) as answer:
            return answer.status_code

    def operator(self, method: str, path: str, **more: Any) -> httpx.Response:
        """A request by an operator that must succeed."""
        return self.ask("operator", method, path, **more).raise_for_status()

    def close(self) -> None:
        """Close all connections."""
        self._http.close()

    def _credential(self, reader: str, owned: str) -> dict[str, str]:
        known = (reader, owned if reader == "owner" else "")
        if known not in self._credentials:
            self._credentials[known] = self._new_credential(reader, owned)
        return self._credentials[known]

    def _new_credential(self, reader: str, owned: str) -> dict[str, str]:
        if reader == "anonymous":
            return {}
        if reader == "revoked":
            return {"X-API-Key": self._revoked}
        organisation = {"owner": owned, "other": OTHER}.get(reader)
        token = self.stack.token("member" if organisation else reader, organisation)
        return {"Authorization": f"Bearer {token}"}

    def _revoked_key(self) -> str:
        body = {"label": "matrix", "role": "operator", "subject": "matrix-left"}
        made = self.operator("POST", "/v1/api-keys", json=body).json()
        self.operator("DELETE", f"/v1/api-keys/{made['id']}")
        return str(made["key"])
