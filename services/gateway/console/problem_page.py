"""A problem as a page: kindly, in the reader's language, with a way on."""

from fastapi import Request
from fastapi.responses import Response

from services.gateway.console.page import Page
from services.gateway.context import Gateway
from shared.contracts.problems import Problem


async def show_problem(request: Request, problem: Problem) -> Response:
    """The page; `request` may come from outside of the routes, so the app is named by its scope."""
    parts: Gateway = request.app.state.gateway
    page = Page(request, parts)
    return page.render("problem.html", status=problem.status, problem=problem)
