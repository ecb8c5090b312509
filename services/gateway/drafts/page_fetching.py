"""Fetching the page behind an address that somebody has typed in."""

import asyncio
from dataclasses import dataclass

import httpx2 as httpx

from services.gateway.outbound import RefusedAddressError, require_callable
from shared.errors import ProblemError

LARGEST = 5_000_000
_MOST_HOPS = 5
_SECONDS = 15.0
_HEADERS = {
    "User-Agent": "Hezuo/1.0 (reads a page once, when its owner asks)",
    "Accept": "text/html,application/xhtml+xml,application/pdf,text/plain;q=0.9,*/*;q=0.5",
    "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8",
}


@dataclass(frozen=True)
class FetchedPage:
    """A page as it came, and where it was found in the end."""

    url: str
    content: bytes
    media_type: str
    charset: str | None
    name: str


class PageFetcher:
    """Follows a few redirects, each checked like the first address."""

    def __init__(self, client: httpx.AsyncClient, *, seconds: float = _SECONDS) -> None:
        self._client = client
        self._seconds = seconds

    async def close(self) -> None:
        """Give its connections back."""
        await self._client.aclose()

    async def fetch(self, url: str) -> FetchedPage:
        """Raises ProblemError `address_refused` or `page_unreadable`."""
        try:
            async with asyncio.timeout(self._seconds):
                return await self._follow(require_callable(url))
        except RefusedAddressError as error:
            reason = "it is not on the public internet"
            raise ProblemError("address_refused", reason=reason) from error
        except (TimeoutError, httpx.TimeoutException) as error:
            raise _unreadable("it did not answer in time") from error
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            raise _unreadable("it cannot be reached") from error

    async def _follow(self, url: httpx.URL) -> FetchedPage:
        for _ in range(_MOST_HOPS):
            async with self._client.stream("GET", url, headers=_HEADERS) as answer:
                if not answer.has_redirect_location:
                    return await _taken(url, answer)
                url = require_callable(str(url.join(answer.headers["location"])))
        raise _unreadable("it leads on to other addresses too often")


async def _taken(url: httpx.URL, answer: httpx.Response) -> FetchedPage:
    if answer.status_code != 200:
        raise _unreadable(f"it answered with an error ({answer.status_code})")
    content = bytearray()
    async for piece in answer.aiter_bytes():
        content += piece
        if len(content) > LARGEST:
            raise _unreadable("it is too large")
    return FetchedPage(
        url=str(url),
        content=bytes(content),
        media_type=answer.headers.get("content-type", ""),
        charset=answer.charset_encoding,
        name=url.path.rpartition("/")[2],
    )


def _unreadable(reason: str) -> ProblemError:
    return ProblemError("page_unreadable", reason=reason)
