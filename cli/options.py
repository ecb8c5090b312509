"""Options that several commands have."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

DEFAULT_DATA_DIRECTORY = Path(".hezuo")

DataDir = Annotated[
    Path,
    typer.Option("--data-dir", envvar="HEZUO_DATA_DIR", help="Where the local platform lives."),
]
Url = Annotated[
    str | None,
    typer.Option("--url", envvar="HEZUO_URL", help="A gateway elsewhere, such as https://host."),
]
Token = Annotated[
    str | None,
    typer.Option(
        "--token",
        envvar="HEZUO_TOKEN",
        help="A token or API key; the local platform's own key makes one by itself.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


class Format(StrEnum):
    """As in shared.contracts.imports, which is too heavy to import for `--help`."""

    JSONL = "jsonl"
    CSV = "csv"
    XLSX = "xlsx"
    DATASET = "dataset"
    ROR = "ror"
    CORDIS = "cordis"


class StatementSide(StrEnum):
    """How a searched text is read."""

    NEED = "need"
    CAPABILITY = "capability"


class RankingSide(StrEnum):
    """Which direction ranks suggestions."""

    MUTUAL = "mutual"
    NEED = "need"
    CAPABILITY = "capability"


class TokenRole(StrEnum):
    """Roles that a person or a program may have."""

    MEMBER = "member"
    COORDINATOR = "coordinator"
    BATCH = "batch"
    OPERATOR = "operator"
