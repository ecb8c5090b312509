"""Is a need clear enough to be matched, and if not, what to add?"""

from fastapi import APIRouter
from fastapi.responses import Response

from services.gateway import disclosure
from services.gateway.context import Matcher
from services.gateway.rights import require_own
from shared.contracts.base import OrganisationId
from shared.contracts.clarity import Clarity, ClarityRequest, OrganisationClarity

router = APIRouter(tags=["matching"])


@router.post("/clarity", response_model=Clarity)
async def assess_text(body: ClarityRequest, matcher: Matcher) -> Response:
    """How clear a text is, with questions where it is too vague; it is not stored."""
    content = body.model_dump_json(exclude_unset=True).encode()
    return await matcher.fetch("POST", "/clarity", Clarity, content=content)


@router.get("/organisations/{organisation_id}/clarity", response_model=OrganisationClarity)
async def assess_organisation(organisation_id: OrganisationId, matcher: Matcher) -> Response:
    """How clear each of its needs is, the vaguest first. Members ask for their own."""
    require_own(matcher.reader, organisation_id)
    path = f"/organisations/{organisation_id}/clarity"
    return await matcher.fetch("GET", path, OrganisationClarity, disclosure.organisation_clarity)
