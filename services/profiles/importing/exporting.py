"""Exporting organisations, as many as there are, in a format that the import reads back."""

import asyncio
from collections.abc import AsyncIterator, Iterator

from services.profiles.formats.registry import WRITERS
from services.profiles.ports import ListFilter, OrganisationStore, OrganisationStores
from shared.contracts.imports import ImportFormat
from shared.contracts.organisation import NewOrganisation, Organisation
from shared.contracts.principal import Principal, Role
from shared.contracts.problems import FieldProblem
from shared.errors import ProblemError
from shared.visibility import as_seen_by, may_see

_PAGE = 200
_NOT_WRITTEN = FieldProblem(
    field="format",
    problem="is read only",
    mend=f"use one of {', '.join(sorted(WRITERS))}",
)


class ExportService:
    """Everything for coordinators, batch jobs and operators; its own for a member."""

    def __init__(self, stores: OrganisationStores) -> None:
        self._stores = stores

    def export(
        self, reader: Principal, format: ImportFormat, wanted: ListFilter
    ) -> Iterator[bytes]:
        """The file piece by piece, to be iterated in a thread beside the running loop.

        Raises ProblemError at once: `forbidden`, or `invalid_request` for a format that is
        only read.
        """
        if format not in WRITERS:
            raise ProblemError("invalid_request", fields=[_NOT_WRITTEN])
        if reader.role is Role.MEMBER and reader.organisation is None:
            raise ProblemError("forbidden", reason="this token names no organisation to export")
        pages = self._pages(reader, wanted)
        return WRITERS[format](_in_thread(pages, asyncio.get_running_loop()))

    async def _pages(
        self, reader: Principal, wanted: ListFilter
    ) -> AsyncIterator[list[NewOrganisation]]:
        if reader.role is Role.MEMBER:
            async with self._stores.reading() as store:
                yield await _read(store, reader, [str(reader.organisation)])
            return
        after: str | None = None
        while True:
            async with self._stores.reading() as store:
                page = await store.page(wanted, reader, after=after, limit=_PAGE)
                organisations = await _read(store, reader, [item.id for item in page.items])
            yield organisations
            after = page.next_cursor
            if after is None:
                return


async def _read(
    store: OrganisationStore, reader: Principal, ids: list[str]
) -> list[NewOrganisation]:
    found = (state.as_contract() for state in await store.find_many(ids))
    return [
        _as_written(as_seen_by(organisation, reader))
        for organisation in found
        if isinstance(organisation, Organisation) and may_see(organisation, reader)
    ]


def _as_written(organisation: Organisation) -> NewOrganisation:
    names = NewOrganisation.model_fields
    return NewOrganisation.model_construct(**{name: getattr(organisation, name) for name in names})


def _in_thread(
    pages: AsyncIterator[list[NewOrganisation]], loop: asyncio.AbstractEventLoop
) -> Iterator[NewOrganisation]:
    """The writers are plain generators; the server iterates them in a worker thread."""

    async def following() -> list[NewOrganisation] | None:
        return await anext(pages, None)

    while (page := asyncio.run_coroutine_threadsafe(following(), loop).result()) is not None:
        yield from page
