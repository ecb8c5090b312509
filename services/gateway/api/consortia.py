"""Consortia for a call."""

from fastapi import APIRouter
from fastapi.responses import Response

from services.gateway.consortium_disclosure import consortium_answer
from services.gateway.context import Matcher
from services.gateway.rights import require_own
from shared.contracts.consortia import ConsortiumAnswer, ConsortiumRequest

router = APIRouter(tags=["matching"])

_SECONDS = 60.0
"""Twenty long requirements take the model five."""


@router.post("/consortia", response_model=ConsortiumAnswer)
async def propose_consortia(body: ConsortiumRequest, matcher: Matcher) -> Response:
    """Sets of organisations that cover a call, as a matrix of requirements and organisations.

    Coordinators ask for any call; members of an enterprise for one of its own.
    """
    require_own(matcher.reader, body.organisation or matcher.reader.organisation)
    content = body.model_dump_json(exclude_unset=True).encode()
    return await matcher.fetch(
        "POST",
        "/consortia",
        ConsortiumAnswer,
        consortium_answer,
        content=content,
        timeout_seconds=_SECONDS,
    )
