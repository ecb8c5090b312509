"""Policy screening, put together."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from services.profiles.saving import Saving
from services.profiles.screening.comparing import Compares, Comparing
from services.profiles.screening.rescreening import Rescreening
from services.profiles.screening.service import ScreeningService
from shared.db import Database
from shared.errors import ProblemError


@dataclass(frozen=True)
class ScreeningPart:
    """What the handlers call, and the loops to run beside them."""

    service: ScreeningService
    rescreening: Rescreening
    comparing: Comparing | None
    """None where no matcher is named."""


def make_screening(database: Database, saving: Saving, matcher: Compares | None) -> ScreeningPart:
    """Over PostgreSQL, with the transactions of all that saves."""
    return ScreeningPart(
        service=ScreeningService(database, saving),
        rescreening=Rescreening(database, saving),
        comparing=Comparing(database, saving, matcher) if matcher else None,
    )


async def _part(request: Request) -> ScreeningPart:
    if not request.app.state.process.prepared:
        raise ProblemError("not_ready", what="postgresql", headers={"Retry-After": "1"})
    found: ScreeningPart = request.app.state.screening
    return found


Part = Annotated[ScreeningPart, Depends(_part)]
"""Raises ProblemError("not_ready") until the tables are there."""
