"""What was learned from decisions: each run with its figures, and why it is live or not."""

from fastapi import APIRouter
from fastapi.responses import Response

from services.gateway.console.page import ForCoordinators, ForOperators
from services.gateway.console.translation import sentence
from shared.contracts.learning import LearningRunPage, LiveRankingVersion

router = APIRouter(prefix="/console/learning")
_ROWS = 20


@router.get("")
async def list_runs(page: ForCoordinators, cursor: str | None = None) -> Response:
    """Newest first."""
    found = await page.matcher.get(
        "/learning-runs", LearningRunPage, cursor=cursor or None, limit=_ROWS
    )
    return page.render("coordinator/learning.html", found=found)


@router.post("/rollback")
async def roll_back(page: ForOperators) -> Response:
    """Answer as before the live ranking."""
    answer = await page.matcher.send("POST", "/learning-runs/rollback", LiveRankingVersion)
    said = sentence("The ranking {version} answers now.")
    return page.redirect("/console/learning", said, version=answer.found.version)
