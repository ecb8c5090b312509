"""FastAPI dependencies for the principal that an internal call carries."""

from typing import Annotated

from fastapi import Depends, Request

from shared.contracts.principal import Principal, Role
from shared.errors import ProblemError
from shared.internal_tokens import InternalTokens


async def current_principal(request: Request) -> Principal:
    """The verified principal; the app keeps its `InternalTokens` in `state.internal_tokens`.

    A coroutine, for a plain function would cost a hop to a worker thread at every request.
    """
    tokens: InternalTokens = request.app.state.internal_tokens
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise ProblemError("unauthenticated", reason="")
    return tokens.verify(token)


Reader = Annotated[Principal, Depends(current_principal)]


def require_role(principal: Principal, *roles: Role, reason: str) -> None:
    """Raises ProblemError("forbidden") unless the principal has one of the roles."""
    if principal.role not in roles:
        raise ProblemError("forbidden", reason=reason)
