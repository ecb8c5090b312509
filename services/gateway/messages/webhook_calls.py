"""Calling a webhook's address."""

import json
import ssl
import time
from dataclasses import dataclass
from uuid import UUID

import httpx2 as httpx

from services.gateway.messages.signature import signed_headers
from services.gateway.outbound import RefusedAddressError
from shared.version import platform_version

GONE = 410
"""An address that wants no more (Standard Webhooks)."""


@dataclass(frozen=True)
class Attempt:
    """How it went: the status, or the kind of problem."""

    status: int | None = None
    problem: str | None = None

    @property
    def succeeded(self) -> bool:
        """Any 2xx; a redirect is not followed, and no success."""
        return self.status is not None and 200 <= self.status < 300


class WebhookCalls:
    """Signed POSTs through a client that reaches no private address and follows no redirect."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def call(
        self, url: str, secrets: tuple[str, ...], delivery_id: UUID, body: dict[str, object]
    ) -> Attempt:
        """Never raises for what the other side does. Its answer's body is not read."""
        content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        headers = {
            **signed_headers(secrets, f"msg_{delivery_id.hex}", int(time.time()), content),
            "Content-Type": "application/json",
            "User-Agent": f"Hezuo-Webhooks/{platform_version()}",
        }
        try:
            async with self._client.stream("POST", url, content=content, headers=headers) as answer:
                status = answer.status_code
        except RefusedAddressError:
            return Attempt(problem="refused_address")
        except httpx.TimeoutException:
            return Attempt(problem="timeout")
        except (httpx.TransportError, httpx.InvalidURL, OSError) as error:
            return Attempt(problem="tls" if _is_tls(error) else "connection")
        attempt = Attempt(status)
        return attempt if attempt.succeeded else Attempt(status, "status")


def _is_tls(error: BaseException) -> bool:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return True
        cause = cause.__cause__ or cause.__context__
    return False
