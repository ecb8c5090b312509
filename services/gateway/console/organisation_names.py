"""Names of organisations of which a page knows only the ids."""

import asyncio
from collections.abc import Iterable, Mapping

from services.gateway import disclosure
from services.gateway.console.page import Page
from shared.contracts.organisation import Names, Organisation
from shared.errors import ProblemError


async def names_of(page: Page, ids: Iterable[str]) -> Mapping[str, Names]:
    """By id; organisations that the reader may not see, or that are away, are left out."""
    wanted = sorted(set(ids))
    found = await asyncio.gather(*(_name_of(page, id) for id in wanted))
    return {id: names for id, names in zip(wanted, found, strict=True) if names is not None}


async def _name_of(page: Page, id: str) -> Names | None:
    try:
        path = f"/organisations/{id}"
        return (await page.profiles.get(path, Organisation, disclosure.organisation)).names
    except ProblemError:
        return None
