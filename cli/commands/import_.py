"""`hezuo import`: a file of organisations."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.connection import connect
from cli.options import DEFAULT_DATA_DIRECTORY, DataDir, Format, Json, Token, Url
from cli.output import print_json

if TYPE_CHECKING:
    from cli.importing import ImportResult

_SHOWN_ERRORS = 20


def import_file(
    file: Annotated[
        Path,
        typer.Argument(
            help="JSON Lines, CSV, XLSX, zip; also packed as .gz; or a data set's folder."
        ),
    ],
    file_format: Annotated[
        Format | None, typer.Option("--format", help="By name and first row where not given.")
    ] = None,
    dry_run: Annotated[bool, typer.Option(help="Check the rows, store nothing.")] = False,
    wait_searchable: Annotated[
        bool, typer.Option("--wait-searchable/--no-wait", help="Wait until the index has it.")
    ] = True,
    strict: Annotated[bool, typer.Option(help="Exit code 2 when a row was rejected.")] = False,
    as_json: Json = False,
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
    url: Url = None,
    token: Token = None,
) -> None:
    """Import organisations; good rows are taken in, bad rows are reported."""
    from cli.import_file import ImportFile
    from cli.import_progress import import_progress
    from cli.importing import run_import

    source = ImportFile(file)
    with import_progress(shown=not as_json) as progress:
        result = run_import(
            connect(data_dir, url, token),
            source,
            file_format or source.guess_format(),
            dry_run=dry_run,
            wait_searchable=wait_searchable,
            progress=progress,
        )
    if as_json:
        print_json(result.as_json())
    else:
        _tell(result)
    if strict and result.errors:
        raise typer.Exit(2)


def _tell(result: "ImportResult") -> None:
    counts = result.job["counts"]
    typer.echo(", ".join(f"{name} {count}" for name, count in counts.items()))
    searchable = result.searchable_seconds
    after = f", searchable after {searchable:.1f} s" if searchable is not None else ""
    done = "checked, nothing stored," if result.job["dry_run"] else "imported"
    typer.echo(f"{done} in {result.import_seconds:.1f} s{after}")
    for error in result.errors[:_SHOWN_ERRORS]:
        place = f"line {error['line']}, {error['field']}"
        typer.echo(f"  {place}: {error['problem']} → {error['mend']}", err=True)
    if len(result.errors) > _SHOWN_ERRORS:
        more = len(result.errors) - _SHOWN_ERRORS
        typer.echo(f"  and {more} more (--json has {_all(result)})", err=True)


def _all(result: "ImportResult") -> str:
    """What JSON tells of the rest; the API has every one."""
    if not result.more_errors:
        return "all"
    path = f"GET /v1/imports/{result.job['id']}/problems"
    return f"the first {len(result.errors)}; {path} has all"
