"""`hezuo compare`: which queries got better and worse between two configurations."""

from pathlib import Path
from typing import Annotated

import typer

from cli.extras import require_evaluation
from cli.failures import CommandError
from cli.output import console


def compare(
    a: Annotated[Path, typer.Argument(help="A run file, or the JSON of an evaluation.")],
    b: Annotated[Path, typer.Argument(help="Another of the same data set.")],
    dataset: Annotated[
        Path | None, typer.Option(help="The data set: needed for run files, names the queries.")
    ] = None,
) -> None:
    """Compare two rankings of one data set, with a paired significance test."""
    require_evaluation()
    import services.matcher.evaluation.main as evaluation

    try:
        found = evaluation.run_comparison(a, b, dataset)
        texts = evaluation.query_texts(dataset) if dataset else {}
    except (evaluation.DatasetError, evaluation.IncomparableError, OSError) as error:
        raise CommandError(str(error)) from error
    out = console()
    for table in evaluation.comparison_tables(found, texts):
        out.print(table)
