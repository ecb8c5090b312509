"""`hezuo consortium`: sets of organisations for a call."""

from pathlib import Path
from typing import Annotated

import typer

from cli.connection import connect
from cli.options import DEFAULT_DATA_DIRECTORY, DataDir, Json, Token, Url
from cli.output import console, print_json


def consortium(
    file: Annotated[
        Path,
        typer.Argument(
            help="The call as JSON: title, requirements, limits, proposals; - reads it from stdin.",
            show_default=False,
        ),
    ],
    as_json: Json = False,
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
    url: Url = None,
    token: Token = None,
) -> None:
    """Propose sets of organisations that cover a call's requirements."""
    from cli.call_file import read_call

    call = read_call(file)
    answer = connect(data_dir, url, token).request("POST", "/v1/consortia", json=call, seconds=120)
    if as_json:
        print_json(answer)
        return
    from cli.consortium_table import consortium_table

    console().print(consortium_table(answer))
