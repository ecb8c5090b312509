"""`hezuo worker`: take rematch partitions, beside the matcher."""

import os
import sys

import typer

from cli.failures import CommandError
from cli.options import DEFAULT_DATA_DIRECTORY, DataDir


def worker(data_dir: DataDir = DEFAULT_DATA_DIRECTORY) -> None:
    """Work on rematch jobs until Ctrl-C; any number may run, on any machine.

    With HEZUO_DATABASE_URL and HEZUO_NATS_URL set it works for that platform, otherwise for the
    local one of the data directory. It takes exact partitions; those that ask the index stay with
    the matcher.
    """
    environment = {**_local(data_dir), **os.environ}
    typer.echo("Working; Ctrl-C ends it.", err=True)
    os.execve(  # noqa: S606 - no shell
        sys.executable, [sys.executable, "-m", "services.matcher", "worker"], environment
    )


def _local(data_dir: DataDir) -> dict[str, str]:
    if "HEZUO_DATABASE_URL" in os.environ:
        return {}
    from deploy.embedded.data_directory import DataDirectory
    from deploy.embedded.worker_settings import worker_settings

    settings = worker_settings(DataDirectory.at(data_dir))
    if settings is None:
        raise CommandError(
            f"nothing runs on {data_dir}. Start it with `hezuo up --data-dir {data_dir}`, or set "
            "HEZUO_DATABASE_URL and HEZUO_NATS_URL."
        )
    return settings
