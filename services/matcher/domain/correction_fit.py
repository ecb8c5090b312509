"""Fits the language correction on vectors, leaning on shipped statistics where they are few."""

from collections.abc import Mapping, Sequence

import numpy as np

from services.matcher.domain.language_correction import (
    ENOUGH,
    LANGUAGES,
    Background,
    Correction,
    CorrectionStatistics,
    Group,
    LanguagePair,
    Mean,
    Vectors,
)
from services.matcher.domain.ranking_weights import HUB_NEEDS, HUB_SAMPLE
from services.matcher.domain.word_statistics import NO_WORDS, WordStatistics
from shared.contracts.organisation import Language, Side

PAIRS = 4000
FEWEST_PAIRS = 400

Owners = Mapping[Group, Sequence[str]]
"""The organisation of each vector of a group: its own needs and capabilities are not unrelated."""


def fit(
    groups: Mapping[Group, Vectors],
    *,
    model: str,
    shipped: CorrectionStatistics | None = None,
    owners: Owners | None = None,
    needs: Mapping[Language, Sequence[bytes]] | None = None,
    words: WordStatistics | None = None,
    seed: int = 0,
) -> CorrectionStatistics:
    """Statistics of unit vectors by side and language, each of shape (n, dimension).

    The own mean weighs n/40 up to 1, the shipped one (of the same model) the rest. Without
    shipped statistics a group of fewer than 40 is left out: a mean of a few vectors would
    remove what those few say. `needs` are content digests, of which a sample is kept.
    """
    if shipped is not None and shipped.model != model:
        shipped = None
    means = _means(groups, shipped)
    bare = CorrectionStatistics(model, means)
    background = dict(shipped.background) if shipped else {}
    background.update(_backgrounds(groups, Correction.of(bare), owners or {}, seed))
    shipped_words = shipped.words if shipped else NO_WORDS
    sample = _sample_of_needs(needs or {}, np.random.default_rng(seed))
    return CorrectionStatistics(model, means, background, sample, words or shipped_words)


def _sample_of_needs(
    needs: Mapping[Language, Sequence[bytes]], rng: np.random.Generator
) -> dict[Language, tuple[bytes, ...]]:
    """Of the languages that have enough of them."""
    sample: dict[Language, tuple[bytes, ...]] = {}
    for language in LANGUAGES:
        known = sorted(set(needs.get(language, ())))
        if len(known) >= HUB_NEEDS:
            drawn = np.sort(rng.choice(len(known), min(HUB_SAMPLE, len(known)), replace=False))
            sample[language] = tuple(known[place] for place in drawn)
    return sample


def _means(
    groups: Mapping[Group, Vectors], shipped: CorrectionStatistics | None
) -> dict[Group, Mean]:
    means = {}
    for side in Side:
        for language in LANGUAGES:
            group = (side, language)
            mean = _mean(groups.get(group), shipped.means.get(group) if shipped else None)
            if mean is not None:
                means[group] = mean
    return means


def _mean(own: Vectors | None, shipped: Mean | None) -> Mean | None:
    count = 0 if own is None else len(own)
    weight = min(1.0, count / ENOUGH)
    if own is None or count == 0:
        return shipped and Mean(shipped.vector, 0)
    if weight < 1.0 and shipped is None:
        return None
    vector = own.mean(axis=0, dtype=np.float64)
    if shipped is not None:
        vector = weight * vector + (1 - weight) * shipped.vector
    return Mean(vector, count)


def _backgrounds(
    groups: Mapping[Group, Vectors], correction: Correction, owners: Owners, seed: int
) -> dict[LanguagePair, Background]:
    rng = np.random.default_rng(seed)
    found = {}
    for need in LANGUAGES:
        for capability in LANGUAGES:
            one, other = (Side.NEED, need), (Side.CAPABILITY, capability)
            cosines = _cosines(groups, correction, (one, other), owners, rng)
            if len(cosines) >= FEWEST_PAIRS:
                found[need, capability] = Background(
                    float(cosines.mean()), float(cosines.std()), len(cosines)
                )
    return found


def _cosines(
    groups: Mapping[Group, Vectors],
    correction: Correction,
    pair: tuple[Group, Group],
    owners: Owners,
    rng: np.random.Generator,
) -> Vectors:
    """Corrected cosines of randomly drawn pairs of different organisations, shape (pairs,)."""
    needs, capabilities = groups.get(pair[0]), groups.get(pair[1])
    if needs is None or capabilities is None or len(needs) * len(capabilities) < FEWEST_PAIRS:
        return np.zeros(0, dtype=np.float32)
    size = min(PAIRS, len(needs) * len(capabilities))
    left, right = rng.integers(len(needs), size=size), rng.integers(len(capabilities), size=size)
    if pair[0] in owners and pair[1] in owners:
        strangers = np.asarray(owners[pair[0]])[left] != np.asarray(owners[pair[1]])[right]
        left, right = left[strangers], right[strangers]
    a = correction.apply(needs[left], Side.NEED)
    b = correction.apply(capabilities[right], Side.CAPABILITY)
    cosines: Vectors = np.einsum("ij,ij->i", a, b)
    return cosines
