"""What the authorization matrix needs for inbox, saved searches, webhooks and event streams."""

from typing import Any

from tests.support.readers import Readers

_NOBODY = "00000000-0000-0000-0000-000000000000"
_SEARCH = {"name": "Matrix", "search": {"text": "porcelain glazes"}}
_WEBHOOK = {"url": "https://hooks.invalid/matrix"}


def message_values(readers: Readers, route: str, scratch: str) -> dict[str, str]:
    """Ids for the path; searches and webhooks are made for the cell by its owner."""

    def made(path: str, body: dict[str, Any]) -> str:
        answer = readers.ask("owner", "POST", path, owned=scratch, json=body)
        return str(answer.raise_for_status().json()["id"])

    return {
        "message_id": _NOBODY,
        "delivery_id": _NOBODY,
        "saved_search_id": made("/v1/saved-searches", _SEARCH) if "{saved_" in route else "",
        "webhook_id": made("/v1/webhooks", _WEBHOOK) if "{webhook_" in route else "",
    }


def message_contents() -> dict[str, dict[str, Any]]:
    """What a well-meant request of each route sends."""
    read = {"If-Match": '"1"'}
    return {
        "PUT /v1/notification-settings": {"json": {"language": "en"}},
        "POST /v1/saved-searches": {"json": _SEARCH},
        "PUT /v1/saved-searches/{saved_search_id}": {"json": _SEARCH, "headers": read},
        "POST /v1/webhooks": {"json": _WEBHOOK},
        "PUT /v1/webhooks/{webhook_id}": {"json": _WEBHOOK, "headers": read},
    }
