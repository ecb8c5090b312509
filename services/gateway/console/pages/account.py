"""The start page, the own account, the language, the way out."""

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from services.gateway.console.navigation import home_of
from services.gateway.console.page import SignedIn, Visitor
from services.gateway.console.pages.login import own_path
from services.gateway.console.translation import sentence
from shared.contracts.organisation import Language

router = APIRouter()


@router.get("/")
async def lead_to_the_console() -> Response:
    """Browsers find the console."""
    return RedirectResponse("/console", status_code=302)


@router.get("/console")
async def start(page: SignedIn) -> Response:
    """Where the reader's role works."""
    return RedirectResponse(home_of(page.reader.role), status_code=302)


@router.get("/console/account")
async def read_account(page: SignedIn) -> Response:
    """The own account."""
    return page.render("account/account.html")


@router.post("/console/logout")
async def log_out(page: SignedIn) -> Response:
    """Here, or on all devices."""
    cookies = page.parts.console.cookies
    session = page.session
    assert session is not None
    if (await page.form()).get("everywhere"):
        await page.parts.accounts.sessions.end_all(session.person.id)
    else:
        await page.parts.accounts.sessions.end(session.secret)
    response = page.redirect("/console/login", sentence("You are logged out."))
    cookies.drop(response, cookies.session)
    cookies.drop(response, cookies.visitor)
    return response


@router.post("/console/language")
async def choose_language(page: Visitor) -> Response:
    """Keep it in a cookie, and with the account for messages."""
    form = await page.form()
    language: Language = "zh" if form.get("language") == "zh" else "en"
    if page.session:
        await page.parts.accounts.people.prefer(page.session.person, language=language)
    response = page.redirect(own_path(form.get("back")))
    page.parts.console.cookies.keep_language(response, language)
    return response
