"""Import until searchable, in statements a second, beside the bare encoder on the same texts."""

import time
from pathlib import Path

from benchmarks.bare import BareEncoder
from benchmarks.measurement import Measurement
from benchmarks.running_platform import RunningPlatform
from benchmarks.texts import organisations, write_lines


def measure_import(
    platform: RunningPlatform, encoder: BareEncoder, directory: Path, *, count: int
) -> Measurement:
    """Both get the same texts, one after the other, each with the whole machine."""
    file = directory / "organisations.jsonl"
    texts = write_lines(file, organisations(count, seed=7))
    started = time.perf_counter()
    encoder.passages(texts)
    bare = len(texts) / (time.perf_counter() - started)
    answer = platform.import_file(file, "--wait-searchable")
    ours = len(texts) / (answer["import_seconds"] + answer["searchable_seconds"])
    return Measurement(
        path=f"import to searchable, {len(texts)} statements",
        unit="statements/s",
        ours=ours,
        bare=bare,
        ratio=ours / bare,
        reach=">= 0.8",
        reached=ours / bare >= 0.8,
    )
