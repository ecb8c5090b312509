"""`python -m benchmarks.serving`: answers at 100,000 statements, beside the bare parts.

20,000 generated organisations. The vectors of their statements are generated too and put into the
embedding store beforehand, under the keys of their texts, so that loading takes minutes; questions
and written profiles are embedded for real. Prints tables, writes build/serving.json, plots and a
section of docs/performance.md. Parts that are not measured this time keep their figures.
"""

import argparse
import asyncio
import json
import sys
import tempfile
from pathlib import Path

from benchmarks.serving.page import print_tables, write_page
from benchmarks.serving.run import FULL, PARTS, QUICK, Run, Size

_JSON = Path(__file__).parents[2] / "build" / "serving.json"


def main() -> int:
    """0 even when a reach is missed, since machines differ."""
    arguments = _arguments()
    size = QUICK if arguments.quick else FULL
    kept = _kept(arguments.json, size)
    arguments.json.parent.mkdir(parents=True, exist_ok=True)

    def keep(figures: dict[str, object]) -> None:
        arguments.json.write_text(json.dumps({**kept, **figures}, indent=2), "utf-8")

    with tempfile.TemporaryDirectory(prefix="hezuo-serving-") as folder:
        run = Run(Path(folder), size, frozenset(arguments.only), keep)
        figures = {**kept, **asyncio.run(run.measured())}
    print_tables(figures)
    if not arguments.no_page:
        write_page(figures)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.serving", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="these parts")
    parser.add_argument("--quick", action="store_true", help="a tenth of the size")
    parser.add_argument("--no-page", action="store_true", help="leave docs/performance.md alone")
    parser.add_argument("--json", type=Path, default=_JSON)
    return parser.parse_args()


def _kept(file: Path, size: Size) -> dict[str, object]:
    """Figures of an earlier run of this size."""
    if not file.is_file():
        return {}
    figures: dict[str, object] = json.loads(file.read_text("utf-8"))
    return figures if figures.get("organisations") == size.organisations else {}


if __name__ == "__main__":
    sys.exit(main())
