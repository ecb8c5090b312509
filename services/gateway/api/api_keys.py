"""API keys."""

from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from services.gateway.api.parameters import Limit
from services.gateway.context import Parts
from services.gateway.identity.reader import Reader
from shared.contracts.api_keys import ApiKeyPage, ApiKeyRequest, CreatedApiKey

router = APIRouter(prefix="/api-keys", tags=["identity"])


@router.post("", status_code=201, response_model=CreatedApiKey)
async def create_api_key(body: ApiKeyRequest, parts: Parts, reader: Reader) -> CreatedApiKey:
    """Make a key. It is shown in this answer and never again; two live keys per owner."""
    return await parts.api_keys.create(body, reader)


@router.get("", response_model=ApiKeyPage)
async def list_api_keys(
    parts: Parts, reader: Reader, limit: Limit = 50, cursor: UUID | None = None
) -> ApiKeyPage:
    """One's own keys without their secrets; all keys for an operator."""
    return await parts.api_keys.page(reader, limit=limit, cursor=cursor)


@router.delete("/{key_id}", status_code=204, response_class=Response)
async def revoke_api_key(key_id: UUID, parts: Parts, reader: Reader) -> None:
    """Revoke a key: from now on it is refused."""
    await parts.api_keys.revoke(key_id, reader)
