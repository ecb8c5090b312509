"""An evaluation from the command line: its workplace, its progress, its end."""

import asyncio
import signal
import sys
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from cli.failures import BadInputError, CommandError
from cli.output import console

if TYPE_CHECKING:
    from services.matcher.evaluation.main import Evaluation, Plan

_DATABASE = "evaluation"


@contextmanager
def workplace() -> "Iterator[tuple[Path, Callable[[], str]]]":
    """A folder, and how to make a PostgreSQL of this run's own; both gone at the end."""
    with TemporaryDirectory(prefix="hezuo-evaluate-") as name:
        database = _MakeDatabase(Path(name) / "postgres")
        try:
            yield Path(name), database
        finally:
            database.stop()


def evaluated(plan: "Plan") -> "Evaluation":
    """Run the plan with progress. Raises BadInputError, CommandError."""
    import services.matcher.evaluation.main as evaluation

    evaluation.quiet_logs()
    try:
        with evaluation.shown_progress(console(to_stderr=True)) as progress:
            return asyncio.run(_stoppable(evaluation.evaluate_folder(plan, progress)))
    except asyncio.CancelledError:
        sys.exit(128 + signal.SIGTERM)
    except evaluation.DatasetError as error:
        raise BadInputError(str(error)) from error
    except (evaluation.BrokenRankingError, OSError) as error:
        raise CommandError(str(error)) from error


async def _stoppable(work: Coroutine[None, None, "Evaluation"]) -> "Evaluation":
    """Ended by SIGTERM as by Ctrl-C, so that the database does not stay behind."""
    task = asyncio.ensure_future(work)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    return await task


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
