"""Vague needs score below clear ones: by words alone, printed with `pytest -s`, report half."""

import pytest

from shared.clarity.assessment import VAGUE
from shared.clarity.text_clarity import text_clarity
from shared.facets.vocabulary import taxonomy_vocabulary
from tests.support.clarity_scores import Need, area, golden_needs, written

FLOOR = 0.95


def scores(needs: list[Need]) -> list[float]:
    words = taxonomy_vocabulary()
    return [text_clarity(text, language, None, words).score for language, text in needs]


@pytest.mark.parametrize("split", ["tune", "report"])
def test_words_alone_tell_vague_needs_from_clear_ones(split: str) -> None:
    vague = scores(written("vague", split))
    short, golden = scores(written("clear", split)), scores(golden_needs(split))
    print(
        f"\n{split}: AUC all {area(short + golden, vague):.3f}, short {area(short, vague):.3f}; "
        f"called vague: {sum(s <= VAGUE for s in vague)} of {len(vague)} vague, "
        f"{sum(s <= VAGUE for s in short)} of {len(short)} short clear, "
        f"{sum(s <= VAGUE for s in golden)} of {len(golden)} golden"
    )
    assert area(short + golden, vague) >= FLOOR
    assert area(short, vague) >= FLOOR - 0.05
