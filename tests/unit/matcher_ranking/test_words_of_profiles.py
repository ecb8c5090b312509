"""Words of whole profiles, of names, and of needs."""

from collections.abc import Callable

import numpy as np
import pytest

from services.matcher.domain.lexical import token_id
from services.matcher.domain.mentions import mention
from services.matcher.domain.profile_words import evidence, profile_scores
from services.matcher.domain.term_counts import NO_TERMS, TermCounts, add_up, count_terms
from services.matcher.domain.word_statistics import NO_WORDS, frequencies, word_statistics


def terms(text: str) -> TermCounts:
    return count_terms(text.split())


def ids(text: str) -> np.ndarray:
    return np.array([token_id(word) for word in text.split()], dtype=np.uint32)


def flat(_: str) -> float:
    return 1.0


def test_counts_add_up_and_are_found_again() -> None:
    both = add_up([terms("laser diode laser"), terms("laser pump")])
    assert both.counts_of(ids("laser diode pump lens")).tolist() == [3, 1, 1, 0]
    assert both.length == 5
    assert add_up([]).counts_of(ids("laser")).tolist() == [0]


def test_rare_words_are_worth_more_and_unknown_ones_most() -> None:
    known = frequencies([terms("the laser"), terms("the diode laser"), terms("the pump")])
    the, laser, unknown = known.idf(ids("the laser graphene"))
    assert the < laser < unknown


def test_words_that_most_needs_use_say_little() -> None:
    needs = [terms(f"objective topic{n}") for n in range(40)]
    worth = word_statistics([], [], needs).need_worth(ids("objective topic7 graphene"))
    assert worth[0] < 0.1
    assert worth[1] == worth[2] > 0.8
    few = word_statistics([], [], needs[:10])
    assert few.need_worth(ids("objective")).tolist() == [1.0]


def test_profiles_rank_by_what_they_say_and_not_by_how_much() -> None:
    profiles = [
        terms("laser diode for pumping"),
        terms("laser diode for pumping " + "and much else of no concern " * 40),
        terms("steel pipes"),
    ]
    words = word_statistics(profiles, [], [])
    scores = profile_scores(terms("laser diode"), [[one] for one in profiles], words)
    assert scores[0] > scores[1] > scores[2] == 0


def test_the_best_of_poor_profiles_says_little() -> None:
    profiles = [[terms("laser diode for pumping")], [terms("steel pipes")]]
    words = word_statistics([one for several in profiles for one in several], [], [])
    good = evidence(terms("laser diode for pumping"), profiles, words)
    poor = evidence(terms("haptic gloves that tell steel from wood"), profiles, words)
    assert good[0] > 2 * poor.max() > 0
    alone = evidence(terms("laser diode for pumping"), profiles[:1], words)
    assert alone[0] == good[0], "whoever else is there"


def test_the_statements_of_a_profile_count_together() -> None:
    one, other = terms("laser diode pump"), terms("laser lens")
    apart = profile_scores(terms("laser lens"), [[one, other]], NO_WORDS)
    together = profile_scores(terms("laser lens"), [[add_up([one, other])]], NO_WORDS)
    assert apart == pytest.approx(together)


def test_without_statistics_and_without_words_there_is_still_an_answer() -> None:
    scores = profile_scores(terms("laser"), [[terms("laser")], [NO_TERMS], []], NO_WORDS)
    assert scores[0] > scores[1] == scores[2] == 0
    assert profile_scores(NO_TERMS, [[terms("laser")]], NO_WORDS).tolist() == [0]
    assert evidence(NO_TERMS, [[terms("laser")]], NO_WORDS).tolist() == [0]
    assert evidence(terms("laser"), [], NO_WORDS).tolist() == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("work by brno university technology and others", 3.0),
        ("technology and brno university", 4 / 3),
        ("a technology of tomorrow", 1 / 3),
        ("nothing of it", 0.0),
    ],
)
def test_a_name_counts_by_its_longest_run(text: str, expected: float) -> None:
    name = ["brno", "university", "technology"]
    assert mention(text.split(), name, flat) == pytest.approx(expected)


def test_common_words_of_a_name_count_little() -> None:
    worth: dict[str, float] = {"university": 0.1}
    idf: Callable[[str], float] = lambda word: worth.get(word, 3.0)  # noqa: E731
    name = ["university", "ostrava"]
    assert mention(["university"], name, idf) < 0.01
    assert mention(["ostrava"], name, idf) > 2
    assert mention(["ostrava"], [], idf) == 0
