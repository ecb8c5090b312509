"""API keys for programs: make, list, revoke."""

from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from services.gateway.console.page import Page, SignedIn
from services.gateway.console.translation import sentence
from shared.contracts.api_keys import ApiKeyRequest
from shared.contracts.principal import Role
from shared.errors import ProblemError

router = APIRouter(prefix="/console/api-keys")


@router.get("")
async def list_keys(page: SignedIn, cursor: UUID | None = None) -> Response:
    """One's own; all for operators."""
    return await _listed(page, cursor=cursor)


@router.post("")
async def make_key(page: SignedIn) -> Response:
    """Make one; it is shown on this answer and never again."""
    own = {} if page.reader.role is Role.OPERATOR else _own(page)
    try:
        asked = await page.read_form(ApiKeyRequest, **own)
        made = await page.parts.api_keys.create(asked, page.reader)
    except ProblemError as problem:
        return await _listed(page, problem=problem)
    return await _listed(page, made=made.key)


@router.post("/{key_id}/revocation")
async def revoke_key(key_id: UUID, page: SignedIn) -> Response:
    """It is refused from now on."""
    await page.parts.api_keys.revoke(key_id, page.reader)
    return page.redirect("/console/api-keys", sentence("The key is revoked."))


def _own(page: Page) -> dict[str, object]:
    """Who is no operator makes keys for oneself, whatever the form says."""
    return {"role": page.reader.role, "organisation": page.reader.organisation, "subject": None}


async def _listed(
    page: Page,
    *,
    cursor: UUID | None = None,
    made: str | None = None,
    problem: ProblemError | None = None,
) -> Response:
    found = await page.parts.api_keys.page(page.reader, limit=50, cursor=cursor)
    return page.render(
        "coordinator/api_keys.html",
        status=problem.status if problem else 200,
        found=found,
        made=made,
        problem=problem,
        chooses=page.reader.role is Role.OPERATOR,
        roles=(Role.MEMBER, Role.COORDINATOR, Role.BATCH, Role.OPERATOR),
    )
