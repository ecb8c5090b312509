"""`hezuo reindex`: build the index anew beside the running one, and swap."""

import time
from typing import Any

from cli.connection import connect
from cli.failures import CommandError
from cli.options import DEFAULT_DATA_DIRECTORY, DataDir, Json, Token, Url
from cli.output import console, print_json

_POLL_SECONDS = 0.5


def reindex(
    as_json: Json = False,
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
    url: Url = None,
    token: Token = None,
) -> None:
    """Rebuild the index from PostgreSQL."""
    gateway = connect(data_dir, url, token, role="operator")
    rebuild = gateway.request("POST", "/v1/index/rebuild")
    with console(to_stderr=True).status("Building the index beside the running one") as shown:
        while rebuild["phase"] not in ("done", "failed"):
            time.sleep(_POLL_SECONDS)
            rebuild = gateway.get("/v1/index")["rebuild"]
            shown.update(f"{rebuild['phase']}: {_progress(rebuild)} organisations")
    if rebuild["phase"] == "failed":
        raise CommandError(rebuild["problem"] or "the rebuild failed; see `hezuo logs matcher`")
    done = rebuild["result"]
    if as_json:
        print_json(done)
    else:
        console().print(
            f"{done['collection']}: {done['statements']} statements of {done['organisations']} "
            f"organisations in {done['seconds']:.1f} s",
            markup=False,
        )


def _progress(rebuild: dict[str, Any]) -> str:
    return f"{rebuild['organisations_done']} of {rebuild['organisations_total']}"
