"""`python -m benchmarks.quality`: every data set through `hezuo evaluate`, and docs/quality.md."""

import argparse
import json
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.quality_figures import Document
from benchmarks.quality_page import Measured, quality_page
from benchmarks.quality_sets import ABLATIONS, KNOWN
from services.matcher.evaluation.weights import named_weights

_ROOT = Path(__file__).parents[1]
_GOLDEN = _ROOT / "data" / "golden"


def main() -> int:
    """1 when a set could not be measured; the page is written all the same."""
    arguments = _arguments()
    arguments.results.mkdir(parents=True, exist_ok=True)
    found, missing = _folders(arguments.data, arguments.only)
    documents: list[Document] = []
    failed: list[str] = []
    for folder in found:
        file = arguments.results / f"{folder.name}.json"
        if not (arguments.reuse and file.is_file()) and not _evaluate(folder, file, arguments):
            failed.append(folder.name)
            continue
        document = json.loads(file.read_text("utf-8"))
        documents.append(document)
    measured = Measured(
        documents,
        _earlier(arguments.before, documents),
        _seconds_again(found, arguments),
        missing,
        failed,
        tuple(arguments.note),
    )
    arguments.page.write_text(quality_page(measured, datetime.now(UTC).date()), "utf-8")
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
    parser.add_argument("--before", type=Path, help="results of an earlier version, to compare")
    parser.add_argument("--note", action="append", default=[], help="a line for the page")
    return parser.parse_args()


def _folders(data: Path, only: list[str] | None) -> tuple[list[Path], list[str]]:
    """Folders that are there, and names of known ones that are not, or were not wanted."""
    others = sorted(one.parent.name for one in data.glob("*/qrels.tsv*"))
    names = [*KNOWN, *(name for name in others if name not in KNOWN)]
    wanted = [name for name in names if only is None or name in only]
    golden = [_GOLDEN] if only is None or _GOLDEN.name in only else []
    found = [data / name for name in wanted if (data / name).is_dir()]
    return [*golden, *found], [name for name in names if data / name not in found]


def _evaluate(folder: Path, result: Path, arguments: argparse.Namespace) -> bool:
    """The very command that anyone would give; progress goes to the terminal."""
    print(f"hezuo evaluate {folder.name}", file=sys.stderr)
    command = [sys.executable, "-m", "cli", "evaluate", str(folder), "--json"]
    command += ["--run", str(result.with_suffix(".trec"))]
    command += ["--cache", str(arguments.cache)] if arguments.cache else []
    for variant in _variants(folder.name):
        command += ["--variant", variant]
    beside = result.with_suffix(".part")
    with beside.open("w", encoding="utf-8") as out:
        done = subprocess.run(command, stdout=out, check=False, cwd=_ROOT)
    if done.returncode == 0:
        beside.replace(result)
    return done.returncode == 0


def _seconds_again(found: list[Path], arguments: argparse.Namespace) -> dict[str, float]:
    """Of the golden set, whose vectors are cached by now; empty where it was not wanted."""
    if _GOLDEN not in found:
        return {}
    command = [sys.executable, "-m", "cli", "evaluate", str(_GOLDEN), "--no-baselines", "--json"]
    command += ["--cache", str(arguments.cache)] if arguments.cache else []
    started = time.monotonic()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False, cwd=_ROOT)
    return {} if done.returncode else {_GOLDEN.name: time.monotonic() - started}


def _variants(name: str) -> list[str]:
    """Those whose weights there are: a weight that has gone has no ablation."""
    known = {full.partition(".")[2] for full in named_weights()} | set(named_weights())
    return [
        variant
        for variant in ABLATIONS.get(name, ())
        if all(one.partition("=")[0] in known for one in variant.split(","))
    ]


def _earlier(folder: Path | None, documents: list[Document]) -> dict[str, Document]:
    """Earlier results by name of the set."""
    if folder is None:
        return {}
    files = {one["dataset"]: folder / f"{one['dataset']}.json" for one in documents}
    return {
        name: json.loads(file.read_text("utf-8")) for name, file in files.items() if file.is_file()
    }


if __name__ == "__main__":
    sys.exit(main())
