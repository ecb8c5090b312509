"""A member's invitations to calls."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from services.gateway import call_disclosure
from services.gateway.console.call_labels import SEAT_TONES
from services.gateway.console.organisation_names import names_of
from services.gateway.console.pages.member_access import Speaking
from services.gateway.console.pages.queries import PageQuery
from shared.contracts.calls import InvitationPage

router = APIRouter(prefix="/console/invitations")


class Wanted(PageQuery):
    """Which page of the list."""

    cursor: str | None = None


@router.get("")
async def invitations(page: Speaking, wanted: Annotated[Wanted, Query()]) -> Response:
    """Newest change first."""
    found = await page.matcher.get(
        "/call-invitations",
        InvitationPage,
        call_disclosure.invitation_page,
        limit=20,
        cursor=wanted.cursor,
    )
    publishers = [one.publisher for one in found.items if one.publisher]
    return page.render(
        "calls/invitations.html",
        found=found,
        names=await names_of(page, publishers),
        tones=SEAT_TONES,
    )
