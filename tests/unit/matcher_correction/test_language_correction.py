import json

import numpy as np
import pytest

from services.matcher.domain.correction_document import from_document, to_document
from services.matcher.domain.correction_fit import fit
from services.matcher.domain.language_correction import (
    NO_BACKGROUND,
    Correction,
    CorrectionStatistics,
    Group,
    Vectors,
    correct,
)
from shared.contracts.organisation import Language, Side

DIMENSION = 32
CASES: list[tuple[Side, Language]] = [
    (side, language)
    for side in Side
    for language in ("zh", "en")  # type: ignore[misc]
]


def world(count: int, seed: int = 0) -> dict[Group, Vectors]:
    """Topics plus a strong offset per side and language, as E5's vectors have."""
    rng = np.random.default_rng(seed)
    common = np.random.default_rng(99)
    base, language = common.standard_normal((2, DIMENSION))
    topics = rng.standard_normal((count, DIMENSION)) * 0.5
    groups = {}
    for side, one in CASES:
        sign = 1 if one == "zh" else -1
        offset = 2 * base + sign * language + common.standard_normal(DIMENSION) * 0.3
        vectors = topics + offset
        groups[side, one] = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(
            np.float32
        )
    return groups


def top1(needs: Vectors, pool: Vectors) -> float:
    return float(np.mean((needs @ pool.T).argmax(axis=1) == np.arange(len(needs))))


def test_partners_in_the_other_language_come_first_again() -> None:
    groups = world(100)
    statistics = fit(groups, model="m")
    need, right, wrong = (
        groups[Side.NEED, "zh"],
        groups[Side.CAPABILITY, "en"],
        np.roll(groups[Side.CAPABILITY, "zh"], 1, axis=0),
    )
    before = top1(need, np.concatenate([right, wrong[:0], world(100, 5)[Side.CAPABILITY, "zh"]]))
    corrected_need = correct(statistics, need, Side.NEED)
    pool = np.concatenate([right, world(100, 5)[Side.CAPABILITY, "zh"]])
    after = top1(corrected_need, correct(statistics, pool, Side.CAPABILITY))
    assert after > 0.9 > 0.5 > before


def test_corrected_vectors_are_unit_and_the_input_stays() -> None:
    groups = world(60)
    vectors = groups[Side.NEED, "zh"]
    copy = vectors.copy()
    corrected = correct(fit(groups, model="m"), vectors, Side.NEED)
    np.testing.assert_allclose(np.linalg.norm(corrected, axis=1), 1, atol=1e-5)
    assert corrected.dtype == np.float32
    np.testing.assert_array_equal(vectors, copy)


def test_one_vector_is_corrected_as_among_many() -> None:
    groups = world(60)
    correction = Correction.of(fit(groups, model="m"))
    many = correction.apply(groups[Side.NEED, "zh"], Side.NEED)
    np.testing.assert_allclose(
        correction.apply(groups[Side.NEED, "zh"][3], Side.NEED), many[3], atol=1e-6
    )


def test_without_statistics_nothing_changes() -> None:
    vectors = world(5)[Side.NEED, "zh"]
    empty = CorrectionStatistics("m", {})
    np.testing.assert_allclose(correct(empty, vectors, Side.NEED), vectors, atol=1e-6)
    assert empty.background_of("zh", "en") == NO_BACKGROUND


def test_few_vectors_lean_on_the_shipped_means() -> None:
    shipped = fit(world(200), model="m")
    few = {group: vectors[:10] for group, vectors in world(40, seed=1).items()}
    blended = fit(few, model="m", shipped=shipped)
    for group in few:
        own = few[group].mean(axis=0)
        expected = 0.25 * own + 0.75 * shipped.means[group].vector
        np.testing.assert_allclose(blended.means[group].vector, expected, atol=1e-6)
    assert blended.background.keys() == shipped.background.keys()


def test_a_missing_language_takes_the_shipped_mean() -> None:
    shipped = fit(world(200), model="m")
    chinese = {group: one for group, one in world(80, seed=1).items() if group[1] == "zh"}
    blended = fit(chinese, model="m", shipped=shipped)
    np.testing.assert_array_equal(
        blended.means[Side.NEED, "en"].vector, shipped.means[Side.NEED, "en"].vector
    )
    assert blended.means[Side.NEED, "en"].count == 0
    assert blended.background["en", "en"] == shipped.background["en", "en"]


def test_one_language_alone_is_centred_without_a_direction() -> None:
    chinese = {group: one for group, one in world(80).items() if group[1] == "zh"}
    correction = Correction.of(fit(chinese, model="m"))
    assert correction.direction is None
    assert correction.centres.keys() == set(Side)


def test_few_vectors_of_an_unknown_model_are_left_as_they_are() -> None:
    few = {group: vectors[:5] for group, vectors in world(5).items()}
    assert fit(few, model="m", shipped=fit(world(200), model="other")).means == {}
    assert fit({}, model="m").means == {}


def test_a_vector_that_is_the_mean_itself_keeps_its_direction() -> None:
    vector = np.zeros(4, dtype=np.float32)
    vector[0] = 1
    groups: dict[Group, Vectors] = {(Side.NEED, "zh"): np.tile(vector, (50, 1))}
    np.testing.assert_array_equal(correct(fit(groups, model="m"), vector, Side.NEED), vector)


def test_the_background_is_that_of_strangers() -> None:
    groups = world(100)
    owners = {group: [f"o{number}" for number in range(100)] for group in groups}
    statistics = fit(groups, model="m", owners=owners, seed=4)
    assert statistics == statistics
    for pair, background in statistics.background.items():
        assert abs(background.mean) < 0.1, pair
        assert 0.05 < background.deviation < 0.4
        assert background.pairs < 4000
    again = fit(groups, model="m", owners=owners, seed=4)
    assert again.background == statistics.background


def test_statistics_survive_json() -> None:
    statistics = fit(world(60), model="m")
    read = from_document(json.loads(json.dumps(to_document(statistics))))
    assert read.model == "m"
    for group, mean in statistics.means.items():
        np.testing.assert_allclose(read.means[group].vector, mean.vector, atol=1e-6)
        assert read.means[group].count == mean.count
    for pair, background in statistics.background.items():
        assert read.background[pair].mean == pytest.approx(background.mean, abs=1e-6)
