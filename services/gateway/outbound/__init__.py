"""Calls to addresses that somebody has typed in: web pages to read, webhooks to tell.

Every connection (of a redirect too) goes to an address that was looked up and checked in the same
step, so that a name cannot point to our own network the second time it is asked.

    client = outbound_client(settings.outbound_private_networks, timeout_seconds=10)
    require_callable(url)                 # ProblemError("address_refused") with a reason
    await client.post(url, ...)           # RefusedAddressError for a private address
"""

from services.gateway.outbound.addresses import RefusedAddressError, require_callable
from services.gateway.outbound.client import outbound_client

__all__ = ["RefusedAddressError", "outbound_client", "require_callable"]
