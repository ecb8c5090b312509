"""`hezuo down`: stop everything."""

import typer

from cli.failures import CommandError
from cli.options import DEFAULT_DATA_DIRECTORY, DataDir


def down(data_dir: DataDir = DEFAULT_DATA_DIRECTORY) -> None:
    """Stop the local platform; nothing is lost."""
    from deploy.embedded.data_directory import DataDirectory
    from deploy.embedded.failures import StartError
    from deploy.embedded.stopping import stop_stack

    try:
        stopped = stop_stack(DataDirectory.at(data_dir))
    except StartError as error:
        raise CommandError(str(error)) from error
    typer.echo("stopped" if stopped else f"nothing runs on {data_dir}")
