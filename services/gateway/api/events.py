"""Events as they happen, for systems and the console."""

from typing import Annotated, Any

from fastapi import APIRouter, Header
from fastapi.responses import StreamingResponse

from services.gateway.context import Parts
from services.gateway.identity.reader import Reader

router = APIRouter(tags=["messages"])
_STREAM: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/event-stream": {}}, "description": "Server-Sent Events"}
}
# Proxies must pass each piece on at once.
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


@router.get("/events", response_class=StreamingResponse, responses=_STREAM)
async def stream_events(
    parts: Parts,
    reader: Reader,
    last_event_id: Annotated[str | None, Header(max_length=40)] = None,
) -> StreamingResponse:
    """Events that concern the reader: a member's organisation, or everything for staff."""
    pieces = parts.messages.streams.open(reader, last_event_id)
    return StreamingResponse(pieces, media_type="text/event-stream", headers=_HEADERS)
