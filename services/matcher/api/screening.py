"""What policy screening asks."""

from fastapi import APIRouter

from services.matcher.api.use_cases import Current
from shared.contracts.screening import SimilarityAnswer, SimilarityRequest
from shared.http.principals import Reader

router = APIRouter()


@router.post("/screening/similarities")
async def similarities(
    request: SimilarityRequest, reader: Reader, use_cases: Current
) -> SimilarityAnswer:
    """How near texts are to prototypes of rules; for services."""
    return await use_cases.likeness.compare(reader, request)
