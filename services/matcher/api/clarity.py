"""Is this need clear enough to be matched?"""

from fastapi import APIRouter

from services.matcher.api.use_cases import Current
from shared.contracts.base import OrganisationId
from shared.contracts.clarity import Clarity, ClarityRequest, OrganisationClarity
from shared.http.language import AskedLanguage
from shared.http.principals import Reader

router = APIRouter()


@router.post("/clarity")
async def clarity(
    request: ClarityRequest, reader: Reader, use_cases: Current, language: AskedLanguage
) -> Clarity:
    """Of a text."""
    return await use_cases.clarity.of_text(request, reader, language)


@router.get("/organisations/{organisation_id}/clarity")
async def organisation_clarity(
    organisation_id: OrganisationId, reader: Reader, use_cases: Current, language: AskedLanguage
) -> OrganisationClarity:
    """Of each need of an organisation."""
    return await use_cases.clarity.of_organisation(organisation_id, reader, language)
