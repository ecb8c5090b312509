"""Needs whose words are too vague to match, told at once when they are saved."""

from collections.abc import Iterable, Iterator

from services.profiles.domain.language import detect_language
from shared.clarity.assessment import assess
from shared.clarity.text_clarity import may_be_vague, text_clarity
from shared.contracts.clarity import StatementClarity
from shared.contracts.organisation import Language, Need, Side
from shared.facets.vocabulary import taxonomy_vocabulary


def unclear_needs(
    needs: Iterable[Need], reader_language: Language | None
) -> tuple[StatementClarity, ...]:
    """The vaguest first, by their words alone: the matcher is not asked while saving."""
    found = sorted(_vague(needs, reader_language), key=lambda one: (one.clarity.score, one.id))
    return tuple(found)


def _vague(needs: Iterable[Need], reader_language: Language | None) -> Iterator[StatementClarity]:
    vocabulary = taxonomy_vocabulary()
    for need in needs:
        if not may_be_vague(need.text):
            continue
        language = need.language or detect_language(need.text)
        clarity = assess(
            text_clarity(need.text, language, need.facets, vocabulary),
            None,
            side=Side.NEED,
            language=language,
            reader_language=reader_language,
        )
        if clarity.vague:
            yield StatementClarity(id=need.id, clarity=clarity)
