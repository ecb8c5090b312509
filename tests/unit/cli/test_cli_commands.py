import subprocess
import sys
from enum import StrEnum
from pathlib import Path

import jwt
import pytest
from typer.testing import CliRunner

from cli import options
from cli.commands.export import _by_name
from cli.import_file import ImportFile
from cli.main import cli
from cli.options import Format
from shared.contracts.imports import ImportFormat
from shared.contracts.organisation import Side
from shared.contracts.principal import Role
from shared.contracts.suggestions import SuggestionSide
from shared.local_keys import ensure_key_pair

run = CliRunner().invoke


@pytest.mark.parametrize(
    ("ours", "contract", "without"),
    [
        (options.Format, ImportFormat, ()),
        (options.ExportFormat, ImportFormat, ("ror", "cordis")),
        (options.StatementSide, Side, ()),
        (options.RankingSide, SuggestionSide, ()),
        (options.TokenRole, Role, ("service",)),
    ],
)
def test_choices_are_those_of_the_contracts(
    ours: type[StrEnum], contract: type[StrEnum], without: tuple[str, ...]
) -> None:
    assert [choice.value for choice in ours] == [
        choice.value for choice in contract if choice.value not in without
    ]


def test_help_needs_no_heavy_module() -> None:
    code = (
        "import sys, cli.main; "
        "print({'pydantic', 'httpx2', 'fastapi', 'asyncpg', 'jwt', 'torch'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize(
    "command",
    (
        [
            "up",
            "down",
            "status",
            "logs",
            "import",
            "export",
            "suggest",
            "search",
            "consortium",
            "token",
            "reindex",
            "reconcile",
        ]
        + [f"apikey {name}" for name in ("create", "list", "revoke")]
        + [f"deadletters {name}" for name in ("list", "replay", "dismiss")]
        + ["organisations list", "organisations show"]
    ),
)
def test_every_command_explains_itself(command: str) -> None:
    result = run(cli, [*command.split(), "--help"])
    assert result.exit_code == 0
    assert "Usage:" in result.output


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.csv", "id\n", Format.CSV),
        ("a.xlsx", "", Format.XLSX),
        ("a.zip", "", Format.CORDIS),
        ("a.json", "[]", Format.ROR),
        ("a.jsonl", '{"id": "x", "names": {"en": "X"}}\n', Format.JSONL),
        ("a.jsonl", '{"id": "x", "name": "X"}\n', Format.DATASET),
        ("a.jsonl", '{"id": "x", "names": [{"value": "X"}]}\n', Format.ROR),
        ("a.ndjson", "not json\n", Format.JSONL),
    ],
)
def test_the_format_is_seen_from_name_and_first_row(
    tmp_path: Path, name: str, content: str, expected: Format
) -> None:
    (tmp_path / name).write_text(content)
    assert ImportFile(tmp_path / name).guess_format() is expected


def test_a_token_is_signed_with_the_local_key(tmp_path: Path) -> None:
    ensure_key_pair(tmp_path / "secrets")
    arguments = ["token", "--role", "member", "--org", "o1", "--data-dir", str(tmp_path)]
    result = run(cli, arguments)
    assert result.exit_code == 0
    claims = jwt.decode(result.output.strip(), options={"verify_signature": False})
    assert (claims["role"], claims["organisation"]) == ("member", "o1")


def _hezuo(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "arguments",
    [["suggest", "o1"], ["token", "--role", "operator"], ["import", "no-such-file.jsonl"]],
)
def test_what_cannot_be_done_is_said_in_a_sentence(tmp_path: Path, arguments: list[str]) -> None:
    done = _hezuo(*arguments, "--data-dir", str(tmp_path / "nothing"))
    assert done.returncode == 1
    assert done.stderr.startswith("hezuo: ")
    assert "Traceback" not in done.stderr


def test_down_and_status_where_nothing_runs(tmp_path: Path) -> None:
    assert "nothing runs" in _hezuo("down", "--data-dir", str(tmp_path)).stdout
    assert _hezuo("status", "--json", "--data-dir", str(tmp_path)).returncode == 1


@pytest.mark.parametrize(
    ("name", "expected"), [("a.csv", "csv"), ("a.xlsx", "xlsx"), ("a", "jsonl"), ("-", "jsonl")]
)
def test_an_exports_format_is_seen_from_its_name(name: str, expected: str) -> None:
    assert _by_name(Path(name)).value == expected
