"""What policy screening has found in one's own statements, and appeals against it."""

from fastapi import APIRouter
from fastapi.responses import Response

from services.gateway import screening_disclosure as disclosure
from services.gateway.console.page import Page
from services.gateway.console.pages.member_access import Speaking, show
from services.gateway.console.translation import sentence
from shared.contracts.screening import Appeal, FlagId, FlagState, PolicyFlag, PolicyFlagPage
from shared.errors import ProblemError

router = APIRouter(prefix="/console/policy")
_MAY_APPEAL = frozenset({FlagState.OPEN, FlagState.UPHELD})


@router.get("")
async def own_flags(page: Speaking, cursor: str | None = None) -> Response:
    """Newest first; gone ones are left out."""
    found = await page.profiles.get(
        "/policy-flags", PolicyFlagPage, disclosure.policy_flag_page, limit=50, cursor=cursor
    )
    return show(page, "member/policy.html", found=found)


@router.get("/{flag_id}")
async def own_flag(flag_id: FlagId, page: Speaking) -> Response:
    """One, with its text, where the rule comes from and what to change."""
    return await _shown(page, flag_id)


@router.post("/{flag_id}/appeal")
async def appeal(flag_id: FlagId, page: Speaking) -> Response:
    """Against the version that was read: what is decided meanwhile is shown first."""
    form = await page.form()
    path = f"/policy-flags/{flag_id}/appeal"
    try:
        asked = await page.read_form(_AppealForm)
        await page.profiles.send(
            "POST",
            path,
            PolicyFlag,
            Appeal(text=asked.text),
            disclosure.policy_flag,
            if_match=f'"{form.get("version", "")}"',
        )
    except ProblemError as problem:
        if problem.status >= 500 or problem.status == 404:
            raise
        return await _shown(page, flag_id, problem)
    said = sentence("A coordinator looks at it again. The answer will stand here.")
    return page.redirect(f"/console/policy/{flag_id}", said)


class _AppealForm(Appeal):
    version: int


async def _shown(page: Page, flag_id: str, problem: ProblemError | None = None) -> Response:
    path = f"/policy-flags/{flag_id}"
    flag = await page.profiles.get(path, PolicyFlag, disclosure.policy_flag)
    return show(
        page,
        "member/policy_flag.html",
        status=problem.status if problem else 200,
        flag=flag,
        may_appeal=flag.state in _MAY_APPEAL,
        problem=problem,
    )
