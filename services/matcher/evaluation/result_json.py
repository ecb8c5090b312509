"""Evaluations as JSON, and the figures of each query back from it."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from services.matcher.evaluation.dataset_error import DatasetError
from services.matcher.evaluation.results import EngineResult, Evaluation

FORMAT = "hezuo-evaluation-1"

PerQuery = dict[str, dict[str, float]]
"""Query id, metric, value."""


def to_document(evaluation: Evaluation) -> dict[str, Any]:
    """Plain values; rankings are in the run file, not here."""
    return {
        "format": FORMAT,
        "dataset": evaluation.dataset,
        "organisations": evaluation.organisations,
        "queries": evaluation.queries,
        "left_out": list(evaluation.left_out),
        "warnings": list(evaluation.warnings),
        "weights": evaluation.weights,
        "engines": [_engine(one) for one in evaluation.engines],
    }


def is_result(file: Path) -> bool:
    """Whether an evaluation wrote it, or tried to; a file that cannot be read is not weights."""
    try:
        document = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return True
    return not isinstance(document, dict) or "format" in document or "engines" in document


def read_figures(file: Path) -> PerQuery:
    """The first engine's figures of each query. Raises DatasetError on another file."""
    try:
        document = json.loads(file.read_text("utf-8"))
        if document["format"] != FORMAT:
            raise ValueError(document["format"])
        figures: PerQuery = document["engines"][0]["per_query"]
    except (OSError, ValueError, KeyError, TypeError, IndexError, RecursionError) as error:
        mend = "name a file that an evaluation wrote as JSON"
        raise DatasetError(file, None, f"no result of an evaluation ({error})", mend) from error
    return figures


def _engine(one: EngineResult) -> dict[str, Any]:
    return {
        "name": one.name,
        "baseline": one.baseline,
        "seconds": round(one.seconds, 3),
        "groups": [asdict(group) for group in one.groups],
        "per_query": one.per_query,
        "first_pages": asdict(one.first_pages) if one.first_pages else None,
    }
