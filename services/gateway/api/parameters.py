"""Parameters that several routes take."""

from typing import Annotated, Any

from pydantic import Field, StringConstraints

Limit = Annotated[int, Field(ge=1, le=200)]
Cursor = Annotated[str, StringConstraints(max_length=500)] | None
LongCursor = Annotated[str, StringConstraints(max_length=2000)] | None
"""Of lists that remember what was shown."""


def _header(name: str, description: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": "header",
        "required": False,
        "description": description,
        "schema": {"type": "string"},
    }


EXPECTED_VERSION: dict[str, Any] = {
    "parameters": [
        _header("If-Match", "the ETag that was read; 428 without, 412 when it is stale"),
        _header("If-None-Match", "* to create"),
    ]
}
"""For the OpenAPI document: the service reads the headers."""

IDEMPOTENT: dict[str, Any] = {
    "parameters": [_header("Idempotency-Key", "the same key and body again give the same answer")]
}

IF_MATCH: dict[str, Any] = {
    "parameters": [_header("If-Match", "the ETag that was read; 428 without, 412 when it is stale")]
}

IF_MATCH_OPTIONAL: dict[str, Any] = {
    "parameters": [_header("If-Match", "the ETag that was read, if it matters; 412 when stale")]
}
