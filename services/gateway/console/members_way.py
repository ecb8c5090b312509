"""Where members find what a page keeps from them: messages name one address for all readers."""

import re

from starlette.requests import Request

from shared.contracts.principal import Role
from shared.contracts.problems import Problem

_MATCH = re.compile(r"/console/matches/([0-9a-f]{32})")


def page_for_members(request: Request, problem: Problem) -> str | None:
    """Another page; None where the problem itself is the answer."""
    if problem.code == "organisation_missing":
        return "/console/start"
    session = getattr(request.state, "session", None)
    match = _MATCH.fullmatch(request.url.path)
    if match and session and session.person.role is Role.MEMBER:
        return f"/console/introductions/{match[1]}"
    return None
