"""Drafts of capabilities and needs out of a text, a page or a document; nothing is stored."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from services.gateway.context import Parts
from services.gateway.identity.reader import Reader
from shared.contracts.base import Line
from shared.contracts.profile_drafts import DraftRequest, ProfileDrafts
from shared.http.language import AskedLanguage

router = APIRouter(prefix="/profile-drafts", tags=["organisations"])
_FILE = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.post("")
async def draft_text_or_page(
    body: DraftRequest, _reader: Reader, parts: Parts, language: AskedLanguage
) -> ProfileDrafts:
    """Out of a pasted text, or of the page behind an address."""
    return await parts.drafts.of_request(body, language)


@router.post("/file", openapi_extra=_FILE)
async def draft_file(
    request: Request,
    _reader: Reader,
    parts: Parts,
    language: AskedLanguage,
    file_name: Annotated[Line, Query()] = "upload",
) -> ProfileDrafts:
    """Out of a document (the raw body): DOCX, PDF, HTML or plain text."""
    media_type = request.headers.get("content-type", "")
    return await parts.drafts.of_file(await request.body(), media_type, file_name, language)
