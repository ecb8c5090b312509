"""Import until searchable, in statements a second, beside the bare encoder on the same texts."""

import time
from pathlib import Path

from benchmarks.bare import BareEncoder
from benchmarks.measurement import Measurement, median, spread
from benchmarks.running_platform import RunningPlatform
from benchmarks.texts import organisations, write_lines


def measure_import(
    platform: RunningPlatform, encoder: BareEncoder, directory: Path, *, count: int, rounds: int
) -> Measurement:
    """Both get the same texts, one right after the other, each with the whole machine.

    In several rounds of new texts, so that a neighbour's burst of work does not decide.
    """
    rates = [_round(platform, encoder, directory, count, seed) for seed in range(rounds)]
    ratios = [ours / bare for ours, bare in rates]
    return Measurement(
        path=f"import to searchable, {rounds} x {count} organisations",
        unit="statements/s",
        ours=median([ours for ours, _ in rates]),
        bare=median([bare for _, bare in rates]),
        ratio=median(ratios),
        reach=">= 0.8",
        reached=median(ratios) >= 0.8,
        spread=spread([ours for ours, _ in rates]),
    )


def _round(
    platform: RunningPlatform, encoder: BareEncoder, directory: Path, count: int, seed: int
) -> tuple[float, float]:
    """Statements a second, ours and bare; both count every text, repeated ones too."""
    file = directory / f"organisations-{seed}.jsonl"
    texts = write_lines(file, organisations(count, seed=seed))
    started = time.perf_counter()
    encoder.passages(texts)
    bare = len(texts) / (time.perf_counter() - started)
    # `searchable_seconds` counts from the first byte and holds the time of the import.
    answer = platform.import_file(file, "--wait-searchable")
    return len(texts) / answer["searchable_seconds"], bare
