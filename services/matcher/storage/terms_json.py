"""Counted words as short text: two arrays in base64."""

from base64 import b64decode, b64encode
from typing import Any

import numpy as np

from services.matcher.domain.term_counts import TermCounts


def terms_to_json(terms: TermCounts) -> dict[str, Any]:
    """Five bytes a word; more than 255 times count as 255."""
    counts = np.minimum(terms.counts, 255).astype(np.uint8)
    return {
        "edition": terms.edition,
        "ids": b64encode(terms.ids.astype("<u4").tobytes()).decode(),
        "counts": b64encode(counts.tobytes()).decode(),
    }


def terms_from_json(row: dict[str, Any]) -> TermCounts:
    """The inverse of `terms_to_json`."""
    return TermCounts(
        np.frombuffer(b64decode(row["ids"]), "<u4"),
        np.frombuffer(b64decode(row["counts"]), np.uint8).astype(np.float32),
        row["edition"],
    )
