"""Which rules a text runs into, and where."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from shared.contracts.organisation import Language
from shared.screening.folding import Folded, fold, with_letters
from shared.screening.rules import Rule, RuleBook

_SENTENCE = re.compile(r"[^。!?;\n]+?(?:(?<!\bi\.e)(?<!\be\.g)\.(?=\s)|[。!?;\n]|$)")
_WORD = re.compile(r"[a-z]{3}")
Span = tuple[int, int]


@dataclass(frozen=True)
class Match:
    """A rule and the places, in the text as written, that its patterns found; ascending."""

    rule: Rule
    spans: tuple[Span, ...]


def find(text: str, book: RuleBook) -> tuple[Match, ...]:
    """What the patterns find, in the order of the rules."""
    readings = _readings(text)
    found = []
    for rule in book.rules:
        spans = {span for reading in readings for span in _spans(rule, reading)}
        if spans:
            found.append(Match(rule, _apart(spans)))
    return tuple(found)


def excused(text: str, rule: Rule) -> bool:
    """Whether any sentence says that this is research, prevention, supervision or a plain no."""
    return any(
        exception.search(sentence)
        for reading in _readings(text)
        for _, sentence in _sentences(reading.text)
        for exception in rule.exceptions
    )


def _readings(text: str) -> Sequence[Folded]:
    plain = fold(text)
    lettered = with_letters(plain)
    return (plain, lettered) if lettered else (plain,)


def _spans(rule: Rule, reading: Folded) -> Iterator[Span]:
    for start, sentence in _sentences(reading.text):
        hits = [*_searched(rule.always, sentence)]
        ordinary = [
            hit
            for language in _languages(sentence)
            for hit in _searched(rule.patterns.get(language, ()), sentence)
        ]
        if ordinary and not any(exception.search(sentence) for exception in rule.exceptions):
            hits += ordinary
        for hit in hits:
            yield reading.span(start + hit.start(), start + hit.end())


def _languages(sentence: str) -> Iterator[Language]:
    if not sentence.isascii():
        yield "zh"
    if _WORD.search(sentence):
        yield "en"


def _searched(patterns: Iterable[re.Pattern[str]], sentence: str) -> Iterator[re.Match[str]]:
    return (match for pattern in patterns if (match := pattern.search(sentence)))


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    return ((match.start(), match[0]) for match in _SENTENCE.finditer(text))


def _apart(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Overlapping ones as one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
