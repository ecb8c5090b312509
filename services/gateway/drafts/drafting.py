"""From a source as it was read to drafts. Pure."""

from collections.abc import Sequence

from services.gateway.drafts.blocks import SourceText
from services.gateway.drafts.fields import FieldWords, most_frequent, suggest_fields
from services.gateway.drafts.language import language_of
from services.gateway.drafts.pieces import Piece, pieces_of, says_something
from shared.clarity.assessment import assess
from shared.clarity.text_clarity import text_clarity
from shared.contracts.organisation import Facets, Language, Side
from shared.contracts.profile_drafts import (
    DraftSource,
    ProfileDrafts,
    SourceSnippet,
    StatementDraft,
)
from shared.facets.vocabulary import Vocabulary

MOST = 80
"""Drafts of one source: more are not corrected by anybody."""
_LONGEST_TITLE = 200


def draft_profile(
    source: SourceText,
    kind: DraftSource,
    known: Sequence[FieldWords],
    vocabulary: Vocabulary,
    reader_language: Language | None = None,
) -> ProfileDrafts:
    """Capabilities and needs, each with its snippet; `reader_language` is that of questions."""
    pieces = pieces_of(source.blocks)
    kept = list(filter(says_something, pieces))
    counts = {Side.CAPABILITY: 0, Side.NEED: 0}
    drafts = []
    for piece in kept[:MOST]:
        side = piece.reading.side or Side.CAPABILITY
        counts[side] += 1
        name = f"{'n' if side is Side.NEED else 'c'}{counts[side]}"
        drafts.append(_draft(name, side, piece, known, vocabulary, reader_language))
    return ProfileDrafts(
        source=kind,
        title=_title(source.title),
        language=language_of(" ".join(block.text for block in source.blocks)),
        fields=most_frequent(draft.fields for draft in drafts),
        drafts=tuple(drafts),
        left_out=source.left_out + len(pieces) - len(kept),
        truncated=source.truncated or len(kept) > MOST,
    )


def _draft(
    name: str,
    side: Side,
    piece: Piece,
    known: Sequence[FieldWords],
    vocabulary: Vocabulary,
    reader_language: Language | None,
) -> StatementDraft:
    language = language_of(piece.text)
    words = text_clarity(piece.text, language, None, vocabulary)
    clarity = assess(words, None, side=side, language=language, reader_language=reader_language)
    return StatementDraft(
        id=name,
        side=side,
        confidence=round(piece.reading.strength, 2),
        cue=piece.reading.cue,
        text=piece.text,
        language=language,
        fields=suggest_fields(piece.text, known),
        facets=clarity.facets or Facets(),
        clarity=clarity,
        source=SourceSnippet(text=piece.text, heading=piece.heading, page=piece.page),
    )


def _title(title: str | None) -> str | None:
    text = " ".join((title or "").split())[:_LONGEST_TITLE]
    return text or None
