"""Screening finds what its rules mean, and little else: gated on the report half.

The embedding's similarities are computed by the shipped model; `hezuo screening evaluate` prints
the same figures.
"""

from functools import cache
from pathlib import Path

import pytest

from services.matcher.evaluation.prototypes.main import compared
from shared.contracts.screening import HOLDING, ComparedText, SimilarityRequest
from shared.screening.evaluation import Figures, Similarities, evaluate
from shared.screening.find import find
from shared.screening.labelled import Labelled, read_labelled
from shared.screening.likeness import prototypes
from shared.screening.rule_files import load_rules
from tests.support.clarity_scores import golden_needs

FOLDER = Path(__file__).parent / "screening"
RECALL, PRECISION = 0.95, 0.9
PATTERNS_ALONE = 0.9
"""Of each rule's sentences; the embedding adds the rest."""


@cache
def _labelled() -> tuple[Labelled, ...]:
    files = sorted(FOLDER.glob("*.jsonl"))
    read = (read_labelled(file.read_text("utf-8").split("\n"), file.name) for file in files)
    return tuple(one for some in read for one in some)


def _report() -> list[Labelled]:
    return [one for one in _labelled() if one.half == "report"]


def test_there_are_enough_sentences_in_both_languages_with_near_misses() -> None:
    found = _labelled()
    assert len(found) >= 250
    assert len({one.text for one in found}) == len(found)
    assert len({one.id for one in found}) == len(found)
    for rule in load_rules().rules:
        wanted = [one for one in found if rule.id in one.rules]
        assert len(wanted) >= 20
        assert {one.language for one in wanted} == {"zh", "en"}


def test_patterns_hold_what_must_be_held() -> None:
    figures = evaluate(_report(), load_rules())
    assert (figures.held.recall or 0) >= RECALL
    assert (figures.held.precision or 0) >= PRECISION
    assert {
        rule: _precision(figures, rule) for rule in figures.by_rule if _imprecise(figures, rule)
    } == {}
    assert {
        rule: counts.missed
        for rule, counts in figures.by_rule.items()
        if (counts.recall or 0) < PATTERNS_ALONE
    } == {}


@pytest.mark.slow
@pytest.mark.model
def test_patterns_and_embedding_reach_the_goal_for_every_rule(tmp_path: Path) -> None:
    similarities, model = _similarities(_report(), tmp_path)
    figures = evaluate(_report(), load_rules(), similarities, model)
    for rule, counts in figures.by_rule.items():
        print(f"{rule}: recall {counts.recall:.3f}, precision {counts.precision:.3f}")
    short = {
        rule: counts.missed
        for rule, counts in figures.by_rule.items()
        if (counts.recall or 0) < RECALL
    }
    assert short == {}
    assert [rule for rule in figures.by_rule if _imprecise(figures, rule)] == []


def test_nothing_that_the_golden_set_needs_is_held() -> None:
    book = load_rules()
    needs = [*golden_needs("tune"), *golden_needs("report")]
    held = [
        text
        for _, text in needs
        if any(match.rule.told.severity in HOLDING for match in find(text, book))
    ]
    assert held == []


def _precision(figures: Figures, rule: str) -> float:
    return figures.by_rule[rule].precision or 0.0


def _imprecise(figures: Figures, rule: str) -> bool:
    return _precision(figures, rule) < PRECISION


def _similarities(labelled: list[Labelled], cache_folder: Path) -> tuple[Similarities, str]:
    texts = tuple(
        ComparedText(id=one.id, text=one.text, language=one.language, side=one.side)
        for one in labelled
    )
    sentences = prototypes(load_rules())
    model = ""
    found: dict[str, dict[str, float]] = {}
    for start in range(0, len(texts), 200):
        request = SimilarityRequest(texts=texts[start : start + 200], prototypes=sentences)
        answer = compared(request, cache=cache_folder)
        found |= {item.id: item.by_rule for item in answer.items}
        model = answer.model
    return found, model
