"""`hezuo export`: all organisations into a file, in a format that `hezuo import` reads."""

from pathlib import Path
from typing import Annotated

import typer

from cli.connection import connect
from cli.failures import CommandError
from cli.options import (
    DEFAULT_DATA_DIRECTORY,
    DataDir,
    ExportFormat,
    OfCountry,
    OfField,
    OfKind,
    OfProvince,
    Token,
    Url,
)


def export(
    file: Annotated[Path, typer.Argument(help="Where to; - writes to standard output.")],
    file_format: Annotated[
        ExportFormat | None, typer.Option("--format", help="By the file's name where not given.")
    ] = None,
    kind: OfKind = None,
    country: OfCountry = None,
    province: OfProvince = None,
    field: OfField = None,
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
    url: Url = None,
    token: Token = None,
) -> None:
    """Export all organisations that you may see."""
    wanted = file_format or _by_name(file)
    gateway = connect(data_dir, url, token)
    query = {"format": wanted.value, "kind": kind, "country": country}
    narrowed = {**query, "province": province, "field": field}
    with gateway.stream("/v1/exports", narrowed) as response:
        if str(file) == "-":
            for piece in response.iter_bytes():
                typer.get_binary_stream("stdout").write(piece)
            return
        unfinished = file.with_name(f".{file.name}.part")
        try:
            with unfinished.open("wb") as opened:
                for piece in response.iter_bytes():
                    opened.write(piece)
            unfinished.replace(file)
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}") from error
        finally:
            unfinished.unlink(missing_ok=True)
    typer.echo(f"{file}: {file.stat().st_size} bytes")


def _by_name(file: Path) -> ExportFormat:
    ending = file.suffix.lstrip(".").lower()
    if ending in ("csv", "xlsx"):
        return ExportFormat(ending)
    return ExportFormat.JSONL
