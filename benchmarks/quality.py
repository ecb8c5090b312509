"""`python -m benchmarks.quality`: every data set through `hezuo evaluate`, and docs/quality.md."""

import argparse
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.quality_page import quality_page

_ROOT = Path(__file__).parents[1]
_GOLDEN = _ROOT / "tests" / "quality" / "golden"
_KNOWN = (
    "cordis-calls",
    "cordis-partners",
    "sbir-topics",
    "chinaxiv-mixed",
    "chinaxiv-zh-en",
    "chinaxiv-en-zh",
)
"""The development sets; other folders beside them are measured as well."""


def main() -> int:
    """1 when a set could not be measured; the page is written all the same."""
    arguments = _arguments()
    arguments.results.mkdir(parents=True, exist_ok=True)
    found, missing, failed = _folders(arguments.data, arguments.only)
    documents: list[dict[str, Any]] = []
    for folder in found:
        file = arguments.results / f"{folder.name}.json"
        if not (arguments.reuse and file.is_file()) and not _evaluate(folder, file, arguments):
            failed.append(folder.name)
            continue
        documents.append(json.loads(file.read_text("utf-8")))
    page = quality_page(documents, missing, failed, datetime.now(UTC).date())
    arguments.page.write_text(page, "utf-8")
    print(f"{len(documents)} sets in {arguments.page}", file=sys.stderr)
    return 1 if failed else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=__doc__)
    parser.add_argument("--data", type=Path, default=_ROOT.parent / "shared" / "data")
    parser.add_argument("--page", type=Path, default=_ROOT / "docs" / "quality.md")
    parser.add_argument("--results", type=Path, default=_ROOT / "build" / "quality")
    parser.add_argument("--cache", type=Path, help="where vectors are kept")
    parser.add_argument("--only", nargs="*", help="names of sets; all where not given")
    parser.add_argument("--reuse", action="store_true", help="take results that are there")
    return parser.parse_args()


def _folders(data: Path, only: list[str] | None) -> tuple[list[Path], list[str], list[str]]:
    """Folders that are there, names of known ones that are not, and an empty list of failures."""
    others = sorted(one.parent.name for one in data.glob("*/qrels.tsv*"))
    names = [*_KNOWN, *(name for name in others if name not in _KNOWN)]
    wanted = [name for name in names if only is None or name in only]
    golden = [_GOLDEN] if only is None or _GOLDEN.name in only else []
    found = [data / name for name in wanted if (data / name).is_dir()]
    missing = [name for name in names if data / name not in found]
    return [*golden, *found], missing, []


def _evaluate(folder: Path, result: Path, arguments: argparse.Namespace) -> bool:
    """The very command that anyone would give; progress goes to the terminal."""
    print(f"hezuo evaluate {folder.name}", file=sys.stderr)
    command = [sys.executable, "-m", "cli", "evaluate", str(folder), "--json"]
    command += ["--run", str(result.with_suffix(".trec"))]
    command += ["--cache", str(arguments.cache)] if arguments.cache else []
    beside = result.with_suffix(".part")
    with beside.open("w", encoding="utf-8") as out:
        done = subprocess.run(command, stdout=out, check=False, cwd=_ROOT)
    if done.returncode == 0:
        beside.replace(result)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
