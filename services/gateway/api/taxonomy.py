"""The taxonomy of fields."""

from fastapi import APIRouter

from services.gateway.context import Parts
from services.gateway.identity.reader import Reader
from shared.contracts.taxonomy import Taxonomy

router = APIRouter(tags=["organisations"])


@router.get("/taxonomy", response_model=Taxonomy)
async def read_taxonomy(parts: Parts, _reader: Reader) -> Taxonomy:
    """All fields with their names in Chinese and English."""
    return parts.taxonomy
