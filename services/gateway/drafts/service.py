"""The use case: drafts of a text, a page or a file."""

import codecs

from services.gateway.drafts.blocks import UnreadableError
from services.gateway.drafts.exchange import Header
from services.gateway.drafts.kinds import Kind, kind_of
from services.gateway.drafts.page_fetching import PageFetcher
from services.gateway.drafts.sandbox import ReadingProcesses
from shared.contracts.organisation import Language
from shared.contracts.profile_drafts import DraftRequest, DraftSource, ProfileDrafts
from shared.errors import ProblemError

FILE_LIMIT = 10_000_000
"""Bytes of a document."""


class DraftProfiles:
    """Nothing of a source is kept."""

    def __init__(self, pages: PageFetcher, processes: ReadingProcesses) -> None:
        self._pages = pages
        self._processes = processes

    async def close(self) -> None:
        """Give its connections back."""
        await self._pages.close()

    async def of_request(
        self, request: DraftRequest, reader_language: Language | None
    ) -> ProfileDrafts:
        """Of a pasted text or a page.

        Raises ProblemError `address_refused`, `page_unreadable` or `not_ready`.
        """
        if request.url is None:
            header = Header(
                kind=Kind.TEXT, source=DraftSource.TEXT, reader_language=reader_language
            )
            return await self._processes.read(header, (request.text or "").encode())
        page = await self._pages.fetch(request.url)
        kind = kind_of(page.content, page.media_type, page.name)
        if kind is None:
            reason = "it is neither a page nor a document that can be read here"
            raise ProblemError("page_unreadable", reason=reason)
        header = Header(
            kind=kind,
            source=DraftSource.URL,
            charset=_known(page.charset),
            reader_language=reader_language,
        )
        try:
            drafts = await self._processes.read(header, page.content)
        except UnreadableError as error:
            raise ProblemError("page_unreadable", reason=error.reason) from error
        return drafts.model_copy(update={"url": page.url})

    async def of_file(
        self, content: bytes, media_type: str, name: str, reader_language: Language | None
    ) -> ProfileDrafts:
        """Of a document. Raises ProblemError `document_unreadable` or `not_ready`."""
        kind = kind_of(content, media_type, name)
        if kind is None:
            reason = "it is not a PDF, DOCX, HTML or text file"
            raise ProblemError("document_unreadable", reason=reason)
        header = Header(kind=kind, source=DraftSource.FILE, reader_language=reader_language)
        try:
            return await self._processes.read(header, content)
        except UnreadableError as error:
            raise ProblemError("document_unreadable", reason=error.reason) from error


def _known(charset: str | None) -> str | None:
    """Pages name encodings that nobody has."""
    try:
        return codecs.lookup(charset).name if charset else None
    except LookupError:
        return None
