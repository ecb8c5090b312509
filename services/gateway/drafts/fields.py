"""Fields of the taxonomy whose words stand in a text. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from shared.contracts.profile_drafts import FieldSuggestion
from shared.contracts.taxonomy import TaxonomyField

MOST_OF_A_STATEMENT = 3
MOST_OF_AN_ORGANISATION = 6
_SHARE_OF_BEST = 0.6


@dataclass(frozen=True)
class FieldWords:
    """A field, the field above it, and a pattern of its labels and keywords."""

    code: str
    parent: str | None
    pattern: re.Pattern[str]


def field_words(fields: Iterable[TaxonomyField]) -> tuple[FieldWords, ...]:
    """In the order of the taxonomy."""
    return tuple(
        FieldWords(field.code, field.parent, _pattern(_words_of(field))) for field in fields
    )


def suggest_fields(text: str, known: Sequence[FieldWords]) -> tuple[FieldSuggestion, ...]:
    """Those with the most and longest words in the text; a field is told instead of its parent.

    A word that several fields share says little of each; what is far behind the best is left out.
    """
    found: dict[str, tuple[str, ...]] = {}
    for field in known:
        if words := tuple(dict.fromkeys(match[0] for match in field.pattern.finditer(text))):
            found[field.code] = words
    parents = {field.parent for field in known if field.code in found}
    shared = Counter(word for code in found if code not in parents for word in found[code])
    weights = {
        code: sum(len(word) / shared[word] for word in words)
        for code, words in found.items()
        if code not in parents
    }
    enough = _SHARE_OF_BEST * max(weights.values(), default=0.0)
    kept = sorted(
        (code for code, weight in weights.items() if weight >= enough),
        key=lambda code: (-weights[code], code),
    )
    return tuple(
        FieldSuggestion(code=code, words=found[code]) for code in kept[:MOST_OF_A_STATEMENT]
    )


def most_frequent(several: Iterable[Sequence[FieldSuggestion]]) -> tuple[FieldSuggestion, ...]:
    """Of an organisation's statements."""
    counted: Counter[str] = Counter()
    words: dict[str, tuple[str, ...]] = {}
    for suggestions in several:
        for one in suggestions:
            counted[one.code] += 1
            words[one.code] = tuple(dict.fromkeys((*words.get(one.code, ()), *one.words)))
    ranked = sorted(counted, key=lambda code: (-counted[code], code))
    return tuple(
        FieldSuggestion(code=code, words=words[code]) for code in ranked[:MOST_OF_AN_ORGANISATION]
    )


def _words_of(field: TaxonomyField) -> Mapping[str, Sequence[str]]:
    keywords = field.keywords
    return {
        "zh": (field.zh, *keywords.get("zh", ())),
        "en": (field.en, *keywords.get("en", ())),
    }


def _pattern(words: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    chinese = "|".join(_sorted(words["zh"]))
    english = "|".join(_sorted(words["en"]))
    return re.compile(rf"{chinese}|(?<![\w-])(?i:{english})s?(?![\w-])")


def _sorted(words: Sequence[str]) -> list[str]:
    return [re.escape(word) for word in sorted(words, key=lambda one: (-len(one), one))]
