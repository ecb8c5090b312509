"""Arrays of the statistics as short text."""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Any

import numpy as np

from services.matcher.domain.word_statistics import Frequencies, Ids, WordStatistics


def words_to_document(words: WordStatistics) -> dict[str, Any]:
    """The inverse of `words_from_document`."""
    return {
        "profiles": _frequencies(words.profiles),
        "names": _frequencies(words.names),
        "needs": _frequencies(words.needs),
        "profile_length": round(words.profile_length, 2),
        "well_known": round(words.well_known, 3),
    }


def words_from_document(document: Mapping[str, Any]) -> WordStatistics:
    """Raises KeyError on a document that lacks a part."""
    return WordStatistics(
        profiles=_from_frequencies(document["profiles"]),
        names=_from_frequencies(document["names"]),
        needs=_from_frequencies(document["needs"]),
        profile_length=float(document["profile_length"]),
        well_known=float(document.get("well_known", 0.0)),
    )


def _frequencies(one: Frequencies) -> dict[str, Any]:
    return {"documents": one.documents, "ids": _text(one.ids), "counts": _text(one.counts)}


def _from_frequencies(document: Mapping[str, Any]) -> Frequencies:
    return Frequencies(int(document["documents"]), _ids(document["ids"]), _ids(document["counts"]))


def _text(values: Ids) -> str:
    return b64encode(values.astype("<u4").tobytes()).decode()


def _ids(text: str) -> Ids:
    return np.frombuffer(b64decode(text), dtype="<u4")
