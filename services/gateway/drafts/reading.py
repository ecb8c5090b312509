"""The reading process: a header line and the source on stdin, drafts or a refusal on stdout.

It has its own limits of memory, time and files, and an environment without secrets: documents are
written by strangers, and their parsers are large.
"""

import resource
import sys
from collections.abc import Mapping

from services.gateway.drafts.blocks import SourceText, UnreadableError
from services.gateway.drafts.drafting import draft_profile
from services.gateway.drafts.exchange import Answer, Header
from services.gateway.drafts.fields import field_words
from services.gateway.drafts.kinds import Kind
from services.gateway.drafts.pdf_document import read_pdf
from services.gateway.drafts.plain_text import decode, read_text
from services.gateway.drafts.web_page import read_page
from services.gateway.drafts.word_document import read_word
from services.gateway.taxonomy import load_taxonomy
from shared.contracts.profile_drafts import ProfileDrafts
from shared.facets.vocabulary import taxonomy_vocabulary

MEMORY = 1_000_000_000
PROCESSOR_SECONDS = 15


def main() -> None:
    """Read stdin, write stdout."""
    _limit()
    header = Header.model_validate_json(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read()
    try:
        answer = Answer(drafts=drafts_of(header, content))
    except UnreadableError as error:
        answer = Answer(refusal=error.reason)
    except MemoryError:
        answer = Answer(refusal="it is too large")
    sys.stdout.write(answer.model_dump_json())


def drafts_of(header: Header, content: bytes) -> ProfileDrafts:
    """Read a source and draft it. Raises UnreadableError."""
    return draft_profile(
        _read(header, content),
        header.source,
        field_words(load_taxonomy().fields),
        taxonomy_vocabulary(),
        header.reader_language,
    )


def _read(header: Header, content: bytes) -> SourceText:
    if header.kind is Kind.PAGE:
        return read_page(content, header.charset)
    if header.kind is Kind.WORD:
        return read_word(content)
    if header.kind is Kind.PDF:
        return read_pdf(content)
    return read_text(decode(content))


def _limit() -> None:
    limits: Mapping[int, int] = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: PROCESSOR_SECONDS,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for name, most in limits.items():
        # Some systems do not know every limit; the parent's deadline stands in any case.
        try:
            resource.setrlimit(name, (most, most))
        except (ValueError, OSError):
            continue


if __name__ == "__main__":
    main()
