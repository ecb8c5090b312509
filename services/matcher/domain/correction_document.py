"""Correction statistics as plain numbers, for a JSON file or a database column."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from services.matcher.domain.language_correction import (
    LANGUAGES,
    Background,
    CorrectionStatistics,
    Mean,
)
from services.matcher.domain.occurrence import Occurrence
from services.matcher.domain.word_document import (
    words_from_document,
    words_to_document,
)
from services.matcher.domain.word_statistics import NO_WORDS
from shared.contracts.organisation import Side

DECIMALS = 6


def to_document(statistics: CorrectionStatistics) -> dict[str, Any]:
    """Numbers, rounded to six decimals; keys are `side/language` and `need/capability`. The
    words are arrays in base64."""
    return {
        "model": statistics.model,
        "means": {
            f"{side}/{language}": {
                "count": mean.count,
                "vector": [round(float(value), DECIMALS) for value in mean.vector],
            }
            for (side, language), mean in statistics.means.items()
        },
        "background": {
            f"{need}/{capability}": {
                "mean": round(one.mean, DECIMALS),
                "deviation": round(one.deviation, DECIMALS),
                "pairs": one.pairs,
            }
            for (need, capability), one in statistics.background.items()
        },
        "needs": {
            language: [digest.hex() for digest in sample]
            for language, sample in statistics.needs.items()
        },
        "words": words_to_document(statistics.words),
        "occurrence": _occurrence_to_document(statistics.occurrence),
    }


def from_document(document: Mapping[str, Any]) -> CorrectionStatistics:
    """The inverse of `to_document`; raises KeyError on a document that lacks a part."""
    means, background = document["means"], document["background"]
    return CorrectionStatistics(
        model=document["model"],
        means={
            (side, language): _mean(means[f"{side}/{language}"])
            for side in Side
            for language in LANGUAGES
            if f"{side}/{language}" in means
        },
        background={
            (need, capability): Background(**background[f"{need}/{capability}"])
            for need in LANGUAGES
            for capability in LANGUAGES
            if f"{need}/{capability}" in background
        },
        needs={
            language: tuple(map(bytes.fromhex, document["needs"][language]))
            for language in LANGUAGES
            if language in document.get("needs", {})
        },
        words=words_from_document(document["words"]) if "words" in document else NO_WORDS,
        occurrence=_occurrence(document.get("occurrence")),
    )


def _occurrence_to_document(one: Occurrence | None) -> dict[str, Any] | None:
    if one is None:
        return None
    levels = {digest.hex(): round(level, DECIMALS) for digest, level in one.levels.items()}
    return {"limit": round(one.limit, DECIMALS), "levels": levels}


def _occurrence(entry: Mapping[str, Any] | None) -> Occurrence | None:
    if entry is None:
        return None
    levels = {bytes.fromhex(digest): level for digest, level in entry["levels"].items()}
    return Occurrence(levels, entry["limit"])


def _mean(entry: Mapping[str, Any]) -> Mean:
    return Mean(np.asarray(entry["vector"], dtype=np.float64), entry["count"])
