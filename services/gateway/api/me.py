"""Who am I?"""

from fastapi import APIRouter

from services.gateway.identity.reader import Reader
from shared.contracts.principal import Principal

router = APIRouter(tags=["identity"])


@router.get("/me", response_model=Principal)
async def read_me(reader: Reader) -> Principal:
    """The principal that the credential stands for."""
    return reader
