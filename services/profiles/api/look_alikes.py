"""Names that read alike."""

from fastapi import APIRouter

from services.profiles.api.requests import Cases
from shared.contracts.look_alikes import LookAlikes
from shared.http.principals import Reader

router = APIRouter(tags=["look-alikes"])


@router.get("/look-alikes")
async def look_alikes(reader: Reader, cases: Cases) -> LookAlikes:
    """For coordinators and operators."""
    return await cases.look_alikes.find(reader)
