"""`python -m benchmarks`: prints the table and writes build/benchmarks.json."""

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.bare import BareEncoder, BareIndex
from benchmarks.imports import measure_import
from benchmarks.latency import measure_latency, read_dataset
from benchmarks.measurement import Measurement
from benchmarks.running_platform import RunningPlatform

_MEMORY_REACH = {"profiles": 200, "gateway": 200, "matcher": 1200}
_DATASET = Path(__file__).parents[2] / "shared" / "data" / "cordis-calls"


def main() -> int:
    """Measure everything; 0 even when a reach is missed, since machines differ."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="hezuo-bench-") as folder:
        measurements = _measure(Path(folder), arguments)
    _print(measurements)
    print(_machine())
    arguments.json.parent.mkdir(parents=True, exist_ok=True)
    arguments.json.write_text(json.dumps([m.as_dict() for m in measurements], indent=2))
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--organisations", type=int, default=100, help="generated for an import")
    parser.add_argument("--rounds", type=int, default=3, help="imports of that many")
    parser.add_argument("--samples", type=int, default=150, help="pairs of requests for a latency")
    parser.add_argument("--dataset", type=Path, default=_DATASET, help="a data set's folder")
    parser.add_argument("--json", type=Path, default=Path("build/benchmarks.json"))
    return parser.parse_args()


def _measure(folder: Path, arguments: argparse.Namespace) -> list[Measurement]:
    platform = RunningPlatform(folder / "data")
    encoder = BareEncoder()
    measurements = [_seconds("first start", platform.up(), reach=None)]
    try:
        measurements.append(
            measure_import(
                platform, encoder, folder, count=arguments.organisations, rounds=arguments.rounds
            )
        )
        if arguments.dataset.is_dir():
            measurements += _measure_dataset(platform, encoder, folder, arguments)
        else:
            print(f"no data set at {arguments.dataset}: latency is not measured", file=sys.stderr)
        measurements += _memory(platform)
        platform.down()
        measurements.append(_seconds("second start, data kept", platform.up(), reach=15))
    finally:
        platform.down()
    return measurements


def _measure_dataset(
    platform: RunningPlatform, encoder: BareEncoder, folder: Path, arguments: argparse.Namespace
) -> list[Measurement]:
    dataset: Path = arguments.dataset
    organisations, queries = read_dataset(dataset)
    answer = platform.import_file(
        dataset / "organisations.jsonl.gz", "--format", "dataset", "--wait-searchable"
    )
    index = BareIndex.of_random(folder / "bare", points=platform.statements())
    with platform.client() as client:
        latencies = measure_latency(
            client,
            encoder,
            index,
            organisations=organisations,
            texts=queries,
            samples=arguments.samples,
        )
    index.close()
    imported = _seconds(
        f"{dataset.name} imported and searchable", answer["searchable_seconds"], reach=None
    )
    return [imported, *latencies]


def _machine() -> str:
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    return f"{os.cpu_count()} processors; load of the last 1, 5 and 15 minutes: {load}"


def _memory(platform: RunningPlatform) -> list[Measurement]:
    return [
        Measurement(
            path=f"resident memory, {part}",
            unit="MB",
            ours=megabytes,
            bare=None,
            ratio=None,
            reach=f"<= {_MEMORY_REACH[part]}" if part in _MEMORY_REACH else "",
            reached=megabytes <= _MEMORY_REACH[part] if part in _MEMORY_REACH else None,
        )
        for part, megabytes in platform.resident_megabytes().items()
    ]


def _seconds(path: str, seconds: float, *, reach: float | None) -> Measurement:
    return Measurement(
        path=path,
        unit="s",
        ours=seconds,
        bare=None,
        ratio=None,
        reach=f"< {reach:g} s" if reach else "",
        reached=seconds < reach if reach else None,
    )


def _print(measurements: list[Measurement]) -> None:
    table = Table(title="Hezuo beside the bare parts, in one run")
    for heading in ("path", "ours", "bare", "ratio", "reach", "reached", "5-95 %"):
        table.add_column(heading)
    for m in measurements:
        table.add_row(
            m.path,
            f"{m.ours:.1f} {m.unit}",
            "" if m.bare is None else f"{m.bare:.1f} {m.unit}",
            "" if m.ratio is None else f"{m.ratio:.2f}",
            m.reach,
            "" if m.reached is None else ("yes" if m.reached else "NO"),
            m.spread,
        )
    Console(width=120).print(table)


if __name__ == "__main__":
    sys.exit(main())
