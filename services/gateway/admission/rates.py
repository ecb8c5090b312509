"""How many requests a caller may make (sliding window counters of `limits`)."""

import math
import time
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

import structlog
from limits import RateLimitItem, parse
from limits.aio.storage import Storage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from limits.errors import StorageError
from limits.storage import storage_from_string

from shared.contracts.principal import Principal, Role

_log = structlog.get_logger("rates")


@dataclass(frozen=True)
class Standing:
    """Where a caller stands after this request. `reset` is in seconds from now."""

    allowed: bool
    limit: int
    window: int
    remaining: int
    reset: int

    def headers(self) -> dict[str, str]:
        """RateLimit fields (draft-ietf-httpapi-ratelimit-headers-06)."""
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(self.reset),
            "RateLimit-Policy": f"{self.limit};w={self.window}",
        }


@dataclass(frozen=True)
class Rates:
    """The three budgets."""

    person: RateLimitItem
    batch: RateLimitItem
    anonymous: RateLimitItem

    @classmethod
    def read(cls, *, person: str, batch: str, anonymous: str) -> "Rates":
        """From texts such as `600/minute`. Raises ValueError."""
        return cls(parse(person), parse(batch), parse(anonymous))


class RateLimiter:
    """Counts per principal, and per network address for those who show no valid credential."""

    def __init__(self, rates: Rates, storage_url: str) -> None:
        storage = storage_from_string(storage_url, wrap_exceptions=True)
        if not isinstance(storage, Storage):
            raise ValueError(f"rate limit storage {storage_url!r}: use an async+... URL")
        self._rates = rates
        self._strategy = SlidingWindowCounterRateLimiter(storage)

    async def count(self, principal: Principal) -> Standing | None:
        """Count a request of a known principal; None when the counters are away."""
        item = self._rates.batch if principal.role is Role.BATCH else self._rates.person
        return await self._count(
            item, principal.role, principal.organisation or "", principal.subject
        )

    async def count_anonymous(self, address: str) -> Standing | None:
        """Count a request from an address."""
        return await self._count(self._rates.anonymous, "address", _network(address))

    async def _count(self, item: RateLimitItem, *who: str) -> Standing | None:
        try:
            allowed = await self._strategy.hit(item, *who)
            window = await self._strategy.get_window_stats(item, *who)
        except StorageError as error:
            # Refusing everybody because a counter is away would be the larger outage.
            _log.warning("rates_unavailable", error_type=type(error).__name__)
            return None
        reset = max(1, math.ceil(window.reset_time - time.time()))
        return Standing(allowed, item.amount, item.get_expiry(), max(0, window.remaining), reset)


def _network(address: str) -> str:
    """The address; for IPv6 its /64, which one caller usually owns as a whole."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        return str(int(parsed) >> 64)
    return address
