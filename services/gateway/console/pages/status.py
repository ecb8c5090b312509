"""How the platform is: every part, the index, changes that could not be taken in."""

from fastapi import APIRouter
from fastapi.responses import Response

from services.gateway.console.page import ForCoordinators, ForOperators, Page
from services.gateway.console.translation import sentence
from services.gateway.readiness import readiness
from shared.contracts.operations import DeadLetterPage, IndexStatus, Rebuild, Replay
from shared.contracts.principal import Role
from shared.errors import ProblemError

router = APIRouter(prefix="/console/status")


@router.get("")
async def show_status(page: ForCoordinators) -> Response:
    """Asked just now; what does not answer is said so."""
    operator = page.reader.role is Role.OPERATOR
    return page.render(
        "coordinator/status.html",
        ready=await readiness(page.parts),
        index=await _index(page),
        letters=await _letters(page) if operator else None,
        operator=operator,
    )


@router.post("/rebuild")
async def rebuild(page: ForOperators) -> Response:
    """Build the index anew beside the running one."""
    await page.matcher.send("POST", "/index/rebuild", Rebuild)
    return page.redirect("/console/status", sentence("The rebuild has begun."))


@router.post("/replay")
async def replay(page: ForOperators) -> Response:
    """Send all dead letters again."""
    answer = await page.matcher.send("POST", "/dead-letters/replay", Replay)
    said = sentence("{count} changes sent again.")
    return page.redirect("/console/status", said, count=answer.found.replayed)


async def _index(page: Page) -> IndexStatus | None:
    try:
        return await page.matcher.get("/index", IndexStatus)
    except ProblemError:
        return None


async def _letters(page: Page) -> DeadLetterPage | None:
    try:
        return await page.matcher.get("/dead-letters", DeadLetterPage, None, limit=20)
    except ProblemError:
        return None
