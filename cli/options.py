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
OfKind = Annotated[
    str | None, typer.Option("--kind", help="Only institution, enterprise or other.")
]
OfCountry = Annotated[
    str | None, typer.Option("--country", help="Only of this ISO 3166 code, such as CN.")
]
OfProvince = Annotated[
    str | None, typer.Option("--province", help="Only of this GB/T 2260 code, such as 320000.")
]
OfField = Annotated[
    str | None, typer.Option("--field", help="Only of this code of the taxonomy, or below it.")
]
MinimumScore = Annotated[
    float | None, typer.Option("--minimum-score", min=0, max=1, help="Only from this score on.")
]
Cursor = Annotated[
    str | None, typer.Option("--cursor", help="Go on after a page: its next_cursor.")
]


class Format(StrEnum):
    """As in shared.contracts.imports, which is too heavy to import for `--help`."""

    JSONL = "jsonl"
    CSV = "csv"
    XLSX = "xlsx"
    DATASET = "dataset"
    ROR = "ror"
    CORDIS = "cordis"


class ExportFormat(StrEnum):
    """Those of `Format` that are also written: ROR and CORDIS are registries of others."""

    JSONL = "jsonl"
    CSV = "csv"
    XLSX = "xlsx"
    DATASET = "dataset"


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
