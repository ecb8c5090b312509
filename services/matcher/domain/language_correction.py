"""Makes cosines comparable across languages, with means of the platform's own vectors.

Multilingual models put a text's language into its vector: in a pool of both languages the
right partner in the other one hardly ever comes first. Cure, in the spirit of Yang et al.,
"A Simple and Effective Method to Eliminate the Self Language Bias in Multilingual
Representations" (EMNLP 2021): per side, subtract the mean of the language means; then remove
the one direction along which the languages' means differ. More directions do harm.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from services.matcher.domain.word_statistics import NO_WORDS, WordStatistics
from shared.contracts.organisation import Language, Side

if TYPE_CHECKING:
    from services.matcher.domain.occurrence import Occurrence

Vectors = NDArray[np.float32]
Group = tuple[Side, Language]
LanguagePair = tuple[Language, Language]
"""Language of the need, language of the capability."""

LANGUAGES: tuple[Language, ...] = ("zh", "en")
ENOUGH = 40
"""Statements of a side and language from which their own mean is good enough."""

_TINY = 1e-9


@dataclass(frozen=True)
class Mean:
    """Mean vector of a side and language, shape (dimension,), and of how many statements."""

    vector: NDArray[np.float64]
    count: int


@dataclass(frozen=True)
class Background:
    """Corrected cosines of needs and capabilities that have nothing to do with each other."""

    mean: float
    deviation: float
    pairs: int


NO_BACKGROUND = Background(mean=0.0, deviation=0.1, pairs=0)


@dataclass(frozen=True)
class CorrectionStatistics:
    """What a correction needs, for one model."""

    model: str
    means: Mapping[Group, Mean]
    background: Mapping[LanguagePair, Background] = field(default_factory=dict)
    needs: Mapping[Language, tuple[bytes, ...]] = field(default_factory=dict)
    """Content digests of some of the platform's needs. Not their vectors, which give the text
    back: those are forgotten with the need."""
    words: WordStatistics = NO_WORDS
    occurrence: "Occurrence | None" = None
    """What is near to too many of those needs; None where there is too little."""

    def background_of(self, need: Language, capability: Language) -> Background:
        """The background of a language pair, or that of all pairs where it is not known."""
        found = self.background.get((need, capability))
        if found:
            return found
        known = list(self.background.values())
        if not known:
            return NO_BACKGROUND
        return Background(
            mean=float(np.mean([one.mean for one in known])),
            deviation=float(np.mean([one.deviation for one in known])),
            pairs=0,
        )


@dataclass(frozen=True)
class Correction:
    """Statistics turned into what is subtracted: a centre per side and one unit direction."""

    statistics: CorrectionStatistics
    centres: Mapping[Side, NDArray[np.float64]]
    direction: NDArray[np.float64] | None

    @classmethod
    def of(cls, statistics: CorrectionStatistics) -> "Correction":
        """Prepare the correction; nothing is corrected on a side without statistics."""
        return cls(statistics, _centres(statistics.means), _language_direction(statistics.means))

    def apply(self, vectors: Vectors, side: Side) -> Vectors:
        """Corrected unit vectors, shape as given: (n, dimension) or (dimension,).

        A vector that the correction would turn to nothing stays as it is.
        """
        original = np.asarray(vectors, dtype=np.float64)
        moved = original - self.centres[side] if side in self.centres else original
        if self.direction is not None:
            moved = moved - np.multiply.outer(moved @ self.direction, self.direction)
        vanished = np.linalg.norm(moved, axis=-1, keepdims=True) < 1e-6
        return _unit(np.where(vanished, original, moved)).astype(np.float32)


def correct(
    statistics: CorrectionStatistics, vectors: Vectors, side: Side, language: Language | None = None
) -> Vectors:
    """`Correction.of(statistics).apply(vectors, side)`; the language needs not be known."""
    return Correction.of(statistics).apply(vectors, side)


def _centres(means: Mapping[Group, Mean]) -> dict[Side, NDArray[np.float64]]:
    centres = {}
    for side in Side:
        known = [means[side, one].vector for one in LANGUAGES if (side, one) in means]
        if known:
            centres[side] = np.mean(known, axis=0)
    return centres


def _language_direction(means: Mapping[Group, Mean]) -> NDArray[np.float64] | None:
    """norm(sum over the sides of zh minus en); None when no side has both languages."""
    differences = [
        means[side, "zh"].vector - means[side, "en"].vector
        for side in Side
        if (side, "zh") in means and (side, "en") in means
    ]
    if not differences:
        return None
    total = np.sum(differences, axis=0)
    return _unit(total) if np.linalg.norm(total) > _TINY else None


def _unit(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    units: NDArray[np.float64] = vectors / np.maximum(lengths, _TINY)
    return units
