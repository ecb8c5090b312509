"""How the numbers that are shown compare with what is on record."""

from pathlib import Path
from typing import Any

import numpy as np

from services.matcher.evaluation.calibration import expected_calibration_error
from services.matcher.evaluation.dataset_reader import read_dataset
from services.matcher.evaluation.groups import REPORT, split_of
from services.matcher.evaluation.run_file import read_run

FIRST = 10


def shown_numbers(folder: Path, run_file: Path) -> dict[str, Any]:
    """Over the first ten of every query of the `report` half; empty where there is no run."""
    if not run_file.is_file():
        return {}
    dataset, run = read_dataset(folder), read_run(run_file)
    scores: list[float] = []
    labels: list[float] = []
    for query in dataset.corpus.queries:
        relevant = set(dataset.relevant(query.id))
        if split_of(query) == REPORT and relevant:
            for name, score in run.get(query.id, [])[:FIRST]:
                scores.append(score)
                labels.append(float(name in relevant))
    if not scores:
        return {}
    return {
        "pairs": len(scores),
        "shown": float(np.mean(scores)),
        "on_record": float(np.mean(labels)),
        "ece": expected_calibration_error(scores, labels),
    }
