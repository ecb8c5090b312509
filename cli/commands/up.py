"""`hezuo up`: start everything on this machine."""

from pathlib import Path
from typing import Annotated

import typer

from cli.failures import CommandError
from cli.options import DEFAULT_DATA_DIRECTORY, DataDir

Host = Annotated[str, typer.Option(help="Where the gateway listens; 0.0.0.0 for all addresses.")]


def up(
    detach: Annotated[bool, typer.Option("--detach", "-d", help="Return when ready.")] = False,
    demo: Annotated[bool, typer.Option(help="Load invented profiles once.")] = False,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The gateway's; 0: any.")] = 8080,
    host: Host = "127.0.0.1",
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
) -> None:
    """Start PostgreSQL, NATS and the three services; Ctrl-C stops them."""
    from deploy.embedded.failures import StartError

    start = _detached if detach else _foreground
    try:
        start(data_dir, host, port, demo)
    except StartError as error:
        raise CommandError(str(error)) from error


def _detached(data_dir: Path, host: str, port: int, demo: bool) -> None:
    from cli.start_display import StartDisplay
    from deploy.embedded.data_directory import PARTS, DataDirectory
    from deploy.embedded.detached import start_detached

    directory = DataDirectory.at(data_dir)
    with StartDisplay(PARTS) as display:
        state = start_detached(directory, host=host, port=port, report=display.report)
    try:
        _introduce(state.url, directory.root, demo=demo, foreground=False)
    except KeyboardInterrupt:
        typer.echo("The platform goes on; `hezuo down` stops it.", err=True)
        raise


def _foreground(data_dir: Path, host: str, port: int, demo: bool) -> None:
    from cli.start_display import StartDisplay
    from deploy.embedded.data_directory import PARTS, DataDirectory
    from deploy.embedded.state import StackState
    from deploy.embedded.supervisor import Supervisor

    directory = DataDirectory.at(data_dir)
    with StartDisplay(PARTS) as display:

        def introduce(state: StackState) -> None:
            display.finish()
            try:
                _introduce(state.url, directory.root, demo=demo, foreground=True)
            except CommandError as error:
                display.report("demo", f"could not be shown: {error}")

        Supervisor(directory, host=host, port=port, report=display.report).run(introduce)


def _introduce(url: str, data_dir: Path, *, demo: bool, foreground: bool) -> None:
    from cli.connection import connect
    from cli.demo import load_demo_once, show_first_suggestions, start_first_rematch
    from cli.welcome import print_welcome
    from deploy.embedded.data_directory import DataDirectory

    organisation = None
    if demo:
        gateway = connect(data_dir, url, None)
        if load_demo_once(gateway, DataDirectory.at(data_dir)):
            start_first_rematch(gateway)
        organisation = show_first_suggestions(gateway)
    print_welcome(url, data_dir, organisation=organisation, foreground=foreground)
