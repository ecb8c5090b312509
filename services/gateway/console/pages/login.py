"""Coming in: by a one-time link, or at the identity provider."""

import re
from typing import Any

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from services.gateway.accounts.entering import LINK_LIFETIME, MadeLink
from services.gateway.accounts.sessions import Session
from services.gateway.console.page import Page, Visitor
from shared.contracts.accounts import Email
from shared.contracts.base import Contract
from shared.errors import ProblemError

router = APIRouter()
_MINUTES = int(LINK_LIFETIME.total_seconds() // 60)
_OWN_PATH = re.compile(r"/console(?:[/?][\x21-\x5b\x5d-\x7e]*)?")


class LinkWish(Contract):
    """The form of the login page."""

    email: Email
    next: str = ""


def own_path(value: Any) -> str:
    """A path of the console, and never of another site, whatever a form or an address says."""
    text = value if isinstance(value, str) else ""
    return text if _OWN_PATH.fullmatch(text) else "/console"


@router.get("/console/login")
async def show_login(page: Visitor, next: str = "") -> Response:
    """The login page; who is in already goes on."""
    if page.session:
        return RedirectResponse(own_path(next), status_code=302)
    return _login_page(page, wanted=next)


@router.post("/console/login")
async def ask_for_link(page: Visitor) -> Response:
    """Make a link. Only that of a new account is shown, and only where no e-mail can be sent."""
    if page.parts.settings.oidc_client_id:
        raise ProblemError("not_found", what="route", id="/console/login")
    try:
        wish = await page.read_form(LinkWish)
    except ProblemError as problem:
        given = str((await page.form()).get("email", ""))
        return _login_page(page, email=given, problem=problem)
    made = await page.parts.accounts.entering.ask(
        wish.email, page.language, may_register=page.parts.settings.registration
    )
    mailed = await _mail(page, made)
    shown = made.secret if made and made.is_new_account and not mailed else None
    link = f"/console/enter?link={shown}" if shown else None
    return page.render(
        "account/link.html", email=wish.email, link=link, mailed=mailed, minutes=_MINUTES
    )


async def _mail(page: Page, made: MadeLink | None) -> bool:
    """Whether links are mailed here: the answer is the same for known and unknown addresses."""
    mail = page.parts.accounts.link_mail
    if mail is None:
        return False
    if made is not None:
        await mail.send_link(made.person, made.secret, page.language)
    return True


@router.get("/console/enter")
async def show_entrance(page: Visitor, link: str = "", next: str = "") -> Response:
    """A page with a button: programs that look at links in mails do not use them up."""
    return page.render("account/enter.html", link=link, wanted=next)


@router.post("/console/enter")
async def enter(page: Visitor) -> Response:
    """Use the link up."""
    form = await page.form()
    session = await page.parts.accounts.entering.enter(
        str(form.get("link", "")), previous=previous_session(page), agent=agent_of(page)
    )
    return logged_in(page, session, form.get("next"))


def previous_session(page: Page) -> str | None:
    """The browser's session until now, which ends."""
    return page.session.secret if page.session else None


def agent_of(page: Page) -> str:
    """What the browser calls itself."""
    return page.request.headers.get("user-agent", "")


def logged_in(page: Page, session: Session, wanted: Any) -> Response:
    """On to where they wanted to go, with the new session's cookie."""
    cookies = page.parts.console.cookies
    response = RedirectResponse(own_path(wanted), status_code=303)
    cookies.keep(response, cookies.session, session.secret)
    cookies.drop(response, cookies.visitor)
    if session.person.language and not cookies.read(page.request, cookies.language):
        cookies.keep_language(response, session.person.language)
    return response


def _login_page(
    page: Page, *, wanted: str = "", email: str = "", problem: ProblemError | None = None
) -> Response:
    settings = page.parts.settings
    return page.render(
        "account/login.html",
        status=problem.status if problem else 200,
        wanted=wanted,
        email=email,
        problem=problem,
        provider=settings.oidc_name if settings.oidc_client_id else None,
        registration=settings.registration,
    )
