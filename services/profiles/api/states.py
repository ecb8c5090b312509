"""Withdrawing, restoring and erasing."""

from fastapi import APIRouter, Response

from services.profiles.api.organisations import tagged
from services.profiles.api.requests import Cases, Expected, Id
from services.profiles.preconditions import etag
from shared.contracts.organisation import ErasedOrganisation, Organisation
from shared.http.principals import Reader

router = APIRouter(tags=["organisations"])


@router.delete("/organisations/{organisation_id}", status_code=204)
async def withdraw(
    organisation_id: Id, reader: Reader, cases: Cases, expected: Expected
) -> Response:
    """Withdraw it: hidden from others, kept for its owner. May be repeated."""
    state = await cases.lifecycle.withdraw(reader, organisation_id, expected)
    return Response(status_code=204, headers={"ETag": etag(state.version)})


@router.post("/organisations/{organisation_id}/restoration")
async def restore(
    organisation_id: Id, reader: Reader, cases: Cases, expected: Expected, response: Response
) -> Organisation:
    """Undo a withdrawal. May be repeated; If-Match is optional."""
    state = await cases.lifecycle.restore(reader, organisation_id, expected)
    return tagged(state, reader, response)


@router.post("/organisations/{organisation_id}/erasure")
async def erase(organisation_id: Id, reader: Reader, cases: Cases) -> ErasedOrganisation:
    """Erase all of its text, for good. May be repeated."""
    state = await cases.lifecycle.erase(reader, organisation_id)
    return ErasedOrganisation(id=state.id, version=state.version)
