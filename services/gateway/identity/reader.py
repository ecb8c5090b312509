"""The principal as a dependency of the routes."""

from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import APIKeyHeader, HTTPBearer

from shared.contracts.principal import Principal
from shared.errors import ProblemError

# For the OpenAPI document only: the admission middleware has checked them before.
_bearer = HTTPBearer(auto_error=False, bearerFormat="JWT", scheme_name="Token")
_api_key = APIKeyHeader(name="X-API-Key", auto_error=False, scheme_name="API key")


async def current_reader(
    request: Request,
    _token: Annotated[object, Depends(_bearer)],
    _key: Annotated[object, Depends(_api_key)],
) -> Principal:
    """Who asks. Raises ProblemError("unauthenticated")."""
    principal = getattr(request.state, "principal", None)
    if not isinstance(principal, Principal):
        raise ProblemError("unauthenticated", reason="", headers={"WWW-Authenticate": "Bearer"})
    return principal


Reader = Annotated[Principal, Depends(current_reader)]
