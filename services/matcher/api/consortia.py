"""Sets of organisations for a call."""

from fastapi import APIRouter

from services.matcher.api.use_cases import Current
from shared.contracts.consortia import ConsortiumAnswer, ConsortiumRequest
from shared.http.principals import Reader

router = APIRouter()


@router.post("/consortia")
async def propose(
    request: ConsortiumRequest, reader: Reader, use_cases: Current
) -> ConsortiumAnswer:
    """Sets that cover the requirements, with the reasons."""
    return await use_cases.consortia.propose(request, reader)
