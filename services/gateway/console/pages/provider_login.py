"""Logging in at the identity provider, there and back."""

from dataclasses import asdict

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from services.gateway.console.page import Page, Visitor
from services.gateway.console.pages.login import agent_of, logged_in, own_path, previous_session
from services.gateway.identity.oidc import Attempt, OidcLogin
from shared.errors import ProblemError

router = APIRouter(prefix="/console/login")
_SECONDS = 600


@router.get("/provider")
async def begin(page: Visitor, next: str = "") -> Response:
    """To the provider; what must come back is kept in a signed cookie for ten minutes."""
    address, attempt = await _provider(page).begin(_callback(page), own_path(next))
    response = RedirectResponse(address, status_code=302)
    cookies, signed = page.parts.console.cookies, page.parts.console.attempts
    cookies.keep(response, cookies.login, signed.write(asdict(attempt)), seconds=_SECONDS)
    return response


@router.get("/callback")
async def finish(page: Visitor) -> Response:
    """From the provider; the account is made at the first login, its rights follow the claims, and
    where these say nothing what was given here."""
    cookies = page.parts.console.cookies
    kept = page.parts.console.attempts.read(
        page.request.cookies.get(cookies.login, ""), seconds=_SECONDS
    )
    if kept is None:
        raise ProblemError("login_failed", reason="this login took too long; begin again")
    attempt = Attempt(**kept)
    answer = dict(page.request.query_params)
    vouched = await _provider(page).finish(attempt, answer, _callback(page))
    session = await page.parts.accounts.entering.enter_as(
        vouched.rights,
        vouched.email,
        vouched.name,
        may_register=page.parts.settings.registration,
        previous=previous_session(page),
        agent=agent_of(page),
    )
    response = logged_in(page, session, attempt.wanted)
    cookies.drop(response, cookies.login)
    return response


def _provider(page: Page) -> OidcLogin:
    if page.parts.oidc is None:
        raise ProblemError("not_found", what="route", id=page.request.url.path)
    return page.parts.oidc


def _callback(page: Page) -> str:
    base = str(page.parts.settings.public_url or page.request.base_url).rstrip("/")
    return f"{base}/console/login/callback"
