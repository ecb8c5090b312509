"""Needs and words that the statistics keep, and what is read off them."""

import json

import numpy as np
import pytest

from services.matcher.domain.content import content_digest
from services.matcher.domain.correction_document import from_document, to_document
from services.matcher.domain.correction_fit import fit
from services.matcher.domain.hubs import NeedLevels
from services.matcher.domain.language_correction import Correction
from services.matcher.domain.ranking_weights import HUB_NEEDS, HUB_SAMPLE
from services.matcher.domain.term_counts import TermCounts, count_terms
from services.matcher.domain.word_statistics import word_statistics
from services.matcher.storage.terms_json import terms_from_json, terms_to_json
from shared.contracts.organisation import Side


def units(rng: np.random.Generator, count: int) -> np.ndarray:
    drawn = rng.standard_normal((count, 24)).astype(np.float32)
    return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)


def terms(text: str) -> TermCounts:
    return count_terms(text.split())


def digests(count: int) -> list[bytes]:
    return [content_digest(f"need {number}", Side.NEED) for number in range(count)]


def test_needs_are_named_where_there_are_enough() -> None:
    needs = {"en": digests(HUB_NEEDS - 1), "zh": digests(HUB_SAMPLE + 50) * 2}
    kept = fit({}, model="m", needs=needs).needs
    assert set(kept) == {"zh"}
    assert len(set(kept["zh"])) == HUB_SAMPLE


def test_without_needs_nothing_is_a_hub() -> None:
    rng = np.random.default_rng(1)
    correction = Correction.of(fit({}, model="m"))
    for needs in ({}, {"en": units(rng, HUB_NEEDS - 1)}):
        assert NeedLevels.of(needs, correction).hub(units(rng, 1)[0], ()) == 0.0


def test_a_capability_near_to_all_needs_is_a_hub_and_its_windows_count() -> None:
    rng = np.random.default_rng(4)
    needs = units(rng, 60)
    needs[:, 0] += 1.0
    levels = NeedLevels.of({"en": needs}, Correction.of(fit({}, model="m")))
    middle, away = np.eye(24, dtype=np.float32)[:2]
    assert levels.hub(middle, ()) > levels.hub(away, ()) + 0.2
    assert levels.hub(away, (middle,)) > levels.hub(away, ())


def test_statistics_come_back_from_their_document() -> None:
    words = word_statistics(
        [terms("laser pump"), terms("laser lens")],
        [terms("pump works"), terms("lens works")],
        [terms("seek laser")] * 25,
    )
    made = fit({}, model="m", needs={"en": digests(30)}, words=words)
    back = from_document(json.loads(json.dumps(to_document(made))))
    assert back.needs == made.needs
    ids = terms("laser pump lens works seek unheard").ids
    for kind in ("profiles", "names", "needs"):
        assert getattr(back.words, kind).idf(ids) == pytest.approx(getattr(words, kind).idf(ids))
    assert back.words.profile_length == pytest.approx(words.profile_length, abs=0.01)


def test_documents_of_before_have_neither_needs_nor_words() -> None:
    document = to_document(fit({}, model="m"))
    del document["needs"], document["words"]
    back = from_document(document)
    assert back.needs == {}
    assert back.words.profiles.documents == 0


def test_counted_words_come_back_from_a_snapshot() -> None:
    counted = count_terms(["laser", "laser", "pump"], edition=3)
    back = terms_from_json(json.loads(json.dumps(terms_to_json(counted))))
    assert back.edition == 3
    assert back.ids.tolist() == counted.ids.tolist()
    assert back.counts.tolist() == counted.counts.tolist()
