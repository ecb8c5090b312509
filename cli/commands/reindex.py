"""`hezuo reindex`: build the index anew beside the running one, and swap."""

from cli.connection import connect
from cli.options import DEFAULT_DATA_DIRECTORY, DataDir, Json, Token, Url
from cli.output import console, print_json

_SECONDS = 3600.0


def reindex(
    as_json: Json = False,
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
    url: Url = None,
    token: Token = None,
) -> None:
    """Rebuild the index from PostgreSQL."""
    gateway = connect(data_dir, url, token, role="operator")
    with console(to_stderr=True).status("Building the index beside the running one"):
        done = gateway.request("POST", "/v1/index/rebuild", seconds=_SECONDS)
    if as_json:
        print_json(done)
    else:
        console().print(
            f"{done['collection']}: {done['statements']} statements of {done['organisations']} "
            f"organisations in {done['seconds']:.1f} s",
            markup=False,
        )
