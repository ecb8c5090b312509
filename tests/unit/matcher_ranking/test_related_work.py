"""Nearness of organisations to another's own statements."""

import numpy as np
import pytest

from services.matcher.domain.partner_features import (
    FeatureName,
    PartnerFeature,
    related_features,
    score,
    text_features,
)
from services.matcher.domain.ranking_weights import (
    RELATED_CURVE,
    RELATED_WORK,
    WEIGHTS,
    RelatedWorkWeights,
)
from services.matcher.domain.related_work import related_pool


def hits(cosines: dict[int, float]) -> tuple[np.ndarray, np.ndarray]:
    return np.array(list(cosines)), np.array(list(cosines.values()))


def test_more_and_nearer_work_makes_a_larger_share() -> None:
    one = related_pool(
        [hits({0: 0.8, 1: 0.4, 2: 0.4}), hits({0: 0.7, 3: 0.5})], 4, stored=6, temperature=0.2
    )
    assert one.share([0], 1) > one.share([1], 1)
    assert one.share([1, 2], 2) > one.share([1], 1)
    assert one.share([1], 5) > one.share([1], 1)
    assert np.exp(one.share([0, 1, 2, 3], 6)) == pytest.approx(1)


def test_every_own_statement_has_the_same_say() -> None:
    once = related_pool([hits({0: 0.8}), hits({1: 0.8})], 2, stored=2, temperature=0.2)
    assert once.share([0], 1) == pytest.approx(once.share([1], 1))


def test_nothing_near_is_an_even_share() -> None:
    none = related_pool([], 0, stored=4, temperature=0.2)
    assert np.exp(none.share([], 1)) == pytest.approx(0.25)


def shown(features: tuple[PartnerFeature, ...]) -> float:
    return score(features, RELATED_CURVE)


def test_the_score_rises_with_every_feature_and_stays_between_0_and_1() -> None:
    plain = text_features(-6.0, 0.0, 0.0, 3, WEIGHTS)
    assert 0 < shown(plain) < shown(text_features(-5.0, 0.0, 0.0, 3, WEIGHTS)) < 1
    assert shown(plain) < shown(text_features(-6.0, 0.5, 0.0, 3, WEIGHTS))
    assert shown(plain) < shown(text_features(-6.0, 0.0, 2.0, 3, WEIGHTS))
    assert shown(plain) > shown(text_features(-6.0, 0.0, 0.0, 1, WEIGHTS))
    assert 0 <= shown(text_features(-800.0, 0.0, 0.0, 3, WEIGHTS)) < 1e-9
    related = related_features(-6.0, 0.0, 0.0, False, 3, RELATED_WORK)
    assert shown(related) < shown(related_features(-6.0, 0.0, 0.0, True, 3, RELATED_WORK))


def test_a_feature_is_switched_off_by_its_weight() -> None:
    off = RelatedWorkWeights(named=0.0, named_back=0.0, country=0.0, single=0.0)
    features = related_features(-6.0, 3.0, 3.0, True, 1, off)
    assert sum(one.contribution for one in features) == -6.0
    assert {one.name: one.value for one in features}[FeatureName.NAMED_BY] == 3.0
