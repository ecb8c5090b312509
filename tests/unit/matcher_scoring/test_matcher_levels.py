import numpy as np
import pytest

from services.matcher.domain.constants import LEVEL_NEIGHBOURS
from services.matcher.domain.language_correction import Background, CorrectionStatistics
from services.matcher.domain.levels import Stated, levels
from services.matcher.domain.statements import Statement, StatementKey
from shared.contracts.organisation import Language, Side, Visibility

# A cosine is its standard: unrelated pairs are at 0 and spread by 1.
PLAIN = CorrectionStatistics("test", {}, {("en", "en"): Background(0.0, 1.0, 1)})


def stated(side: Side, vectors: dict[str, list[float]], language: Language = "en") -> Stated:
    """Each by another organisation, which is its name."""
    statements = [
        Statement(
            key=StatementKey(name, side.value),
            side=side,
            text=name,
            language=language,
            fields=(),
            readiness=None,
            necessity=None,
            visibility=Visibility.MEMBERS,
        )
        for name in vectors
    ]
    return Stated(statements, np.array(list(vectors.values()), dtype=np.float32))


def level(one: list[float], others: dict[str, list[float]], owner: str = "a") -> float:
    found = levels(stated(Side.CAPABILITY, {owner: one}), stated(Side.NEED, others), PLAIN)
    return found[StatementKey(owner, "capability")]


def test_what_is_near_to_everything_has_a_high_level() -> None:
    needs = {f"n{place}": [1.0, 0.0] for place in range(LEVEL_NEIGHBOURS)}
    assert level([1.0, 0.0], needs) == pytest.approx(1.0)
    assert level([0.0, 1.0], needs) == pytest.approx(0.0)


def test_only_the_nearest_count() -> None:
    needs = {f"n{place}": [1.0, 0.0] for place in range(LEVEL_NEIGHBOURS)}
    far = {f"far{place}": [-1.0, 0.0] for place in range(50)}
    assert level([1.0, 0.0], {**needs, **far}) == level([1.0, 0.0], needs)


def test_the_only_other_statement_is_no_level() -> None:
    assert level([1.0, 0.0], {"n": [1.0, 0.0]}) == pytest.approx(1 / LEVEL_NEIGHBOURS)


def test_what_the_organisation_states_itself_does_not_count() -> None:
    assert level([1.0, 0.0], {"a": [1.0, 0.0]}) == 0.0


def test_pairs_are_measured_by_the_background_of_their_languages() -> None:
    across: dict[tuple[Language, Language], Background] = {
        ("zh", "en"): Background(0.5, 0.25, 1),
        ("en", "zh"): Background(0.0, 1.0, 1),
    }
    statistics = CorrectionStatistics("test", {}, across)
    needs = stated(Side.NEED, {"n": [1.0, 0.0]}, "zh")
    offers = stated(Side.CAPABILITY, {"c": [1.0, 0.0]}, "en")
    expected = (1.0 - 0.5) / 0.25 / LEVEL_NEIGHBOURS
    assert levels(needs, offers, statistics) == {StatementKey("n", "need"): expected}
    assert levels(offers, needs, statistics) == {StatementKey("c", "capability"): expected}


def test_nothing_has_a_level_among_nothing() -> None:
    nothing = Stated((), np.zeros((0, 2), dtype=np.float32))
    one = stated(Side.NEED, {"n": [1.0, 0.0]})
    assert levels(one, nothing, PLAIN) == levels(nothing, one, PLAIN) == {}
