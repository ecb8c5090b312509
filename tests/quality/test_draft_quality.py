"""Drafts of whole texts are right and complete; printed with `pytest -s`, report half."""

import pytest

from tests.support.draft_scores import score, texts

PRECISION, RECALL = 0.85, 0.9


@pytest.mark.parametrize("split", ["tune", "report"])
def test_drafts_are_right_and_complete(split: str) -> None:
    found = score(texts(split))
    print(
        f"\n{split}: {found.drafts} drafts, precision {found.precision:.2f}; "
        f"{found.stated} statements, recall {found.recall:.2f}"
    )
    assert found.precision >= PRECISION
    assert found.recall >= RECALL
