"""Saying a sentence about a field in the reader's language.

Sentences are made deep in the domain, where nobody knows the reader; as with gettext the English
one is the key. What it was filled with is read back from it by its template.
"""

import re
from functools import cache

from shared.contracts.problems import FieldProblem
from shared.http.chinese_sentences import CHINESE

_HOLE = re.compile(r"\{(\w+)\}")


def in_language(text: str, language: str) -> str:
    """The sentence in `zh`, where it is known; in any other language as it is."""
    if language != "zh":
        return text
    if text in CHINESE:
        return CHINESE[text]
    for template, sentence in _templates():
        if match := template.fullmatch(text):
            return _HOLE.sub(lambda hole: match.groupdict().get(hole[1], hole[0]), sentence)
    return text


def field_in_language(problem: FieldProblem, language: str) -> FieldProblem:
    """Its problem and its mend; the field's name stays."""
    mend = None if problem.mend is None else in_language(problem.mend, language)
    return FieldProblem(
        field=problem.field, problem=in_language(problem.problem, language), mend=mend
    )


@cache
def _templates() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Those with something to fill in; the ones that say most by themselves first."""
    filled = sorted((one for one in CHINESE if _HOLE.search(one)), key=_fixed, reverse=True)
    return tuple((_pattern(one), CHINESE[one]) for one in filled)


def _fixed(template: str) -> int:
    return len(_HOLE.sub("", template))


def _pattern(template: str) -> re.Pattern[str]:
    parts = _HOLE.split(template)
    source = "".join(
        f"(?P<{part}>.+?)" if place % 2 else re.escape(part) for place, part in enumerate(parts)
    )
    return re.compile(source, re.DOTALL)
